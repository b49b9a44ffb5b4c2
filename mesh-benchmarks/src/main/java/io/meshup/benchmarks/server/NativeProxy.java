package io.meshup.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An installed proxy as a plain reverse proxy with kept-alive connections to the backend:
 * what a hop costs at the very least.
 */
public final class NativeProxy implements Contestant {

	private final Process process;

	private final int port;

	private NativeProxy(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts an nginx before a backend.
	 * @param backend the backend's port
	 * @param workers how many processes work
	 * @return the nginx, or empty where none is installed
	 */
	public static Optional<NativeProxy> nginx(int backend, int workers) {
		return program("nginx").map((program) -> {
			int port = freePort();
			Path folder = folder("nginx");
			Path file = write(folder.resolve("nginx.conf"), nginx(folder, port, backend, workers));
			return start(port, program, "-e", folder.resolve("error.log").toString(), "-c", file.toString());
		});
	}

	/**
	 * Starts an HAProxy before a backend.
	 * @param backend the backend's port
	 * @param threads how many threads work
	 * @return the HAProxy, or empty where none is installed
	 */
	public static Optional<NativeProxy> haproxy(int backend, int threads) {
		return program("haproxy").map((program) -> {
			int port = freePort();
			Path file = write(folder("haproxy").resolve("haproxy.cfg"), haproxy(port, backend, threads));
			return start(port, program, "-db", "-q", "-f", file.toString());
		});
	}

	private static Optional<String> program(String name) {
		Optional<String> program = Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/bin/", "/usr/local/sbin/")
			.map((folder) -> folder + name)
			.filter((path) -> Files.isExecutable(Path.of(path)))
			.findFirst();
		if (program.isEmpty()) {
			System.err.println(name + " is not installed and left out; on Debian: apt-get install nginx-light haproxy");
		}
		return program;
	}

	private static NativeProxy start(int port, String... command) {
		try {
			Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
			awaitPort(port, process);
			return new NativeProxy(process, port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String nginx(Path folder, int port, int backend, int workers) {
		return """
				daemon off; worker_processes %4$d; pid %1$s/nginx.pid; error_log %1$s/error.log;
				events { worker_connections 1024; }
				http {
				  access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
				  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s; keepalive_requests 100000000;
				  upstream backend { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 100000000; }
				  server { listen 127.0.0.1:%2$d; location / { proxy_pass http://backend; proxy_http_version 1.1;
				    proxy_set_header Connection ""; } }
				}
				""".formatted(folder, port, backend, workers);
	}

	private static String haproxy(int port, int backend, int threads) {
		return """
				global
				  nbthread %3$d
				defaults
				  mode http
				  timeout client 60s
				  timeout server 60s
				  timeout connect 1s
				  http-reuse always
				listen proxy
				  bind 127.0.0.1:%1$d
				  server backend 127.0.0.1:%2$d
				""".formatted(port, backend, threads);
	}

	private static Path folder(String name) {
		try {
			return Files.createTempDirectory("mesh-benchmarks-" + name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path write(Path file, String text) {
		try {
			return Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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
		throw new IllegalStateException("the proxy ended with exit code " + process.exitValue());
	}

	@Override
	public Duration warmUp(Duration compiled) {
		return compiled.dividedBy(20);
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public ProcessHandle process() {
		return this.process.toHandle();
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
