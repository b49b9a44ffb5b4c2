package io.meshup.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An nginx as a plain reverse proxy with kept-alive connections to the backend: what a
 * sidecar costs at the very least.
 */
final class Nginx implements AutoCloseable {

	private final Process process;

	private final int port;

	private Nginx(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts an nginx before a backend.
	 * @param backend the backend's port
	 * @return the nginx, or empty where none is installed
	 */
	static Optional<Nginx> before(int backend) {
		Optional<Path> program = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		return program.map((path) -> start(path, backend));
	}

	private static Nginx start(Path program, int backend) {
		try {
			int port = freePort();
			Path folder = Files.createTempDirectory("mesh-benchmarks-nginx");
			Path file = Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port, backend));
			Process process = new ProcessBuilder(program.toString(), "-e", folder.resolve("error.log").toString(), "-c",
					file.toString())
				.inheritIO()
				.start();
			awaitPort(port, process);
			return new Nginx(process, port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String configuration(Path folder, int port, int backend) {
		return """
				daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log;
				events { worker_connections 1024; }
				http {
				  access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
				  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s; keepalive_requests 100000000;
				  upstream backend { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 100000000; }
				  server { listen 127.0.0.1:%2$d; location / { proxy_pass http://backend; proxy_http_version 1.1;
				    proxy_set_header Connection ""; } }
				}
				""".formatted(folder, port, backend);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void awaitPort(int port, Process process) {
		while (process.isAlive()) {
			try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			}
			catch (IOException ex) {
				Thread.onSpinWait();
			}
		}
		throw new IllegalStateException("nginx ended with exit code " + process.exitValue());
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
