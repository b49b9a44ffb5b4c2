package io.meshup.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * The server that all contestants call: answers a few bytes at once. Runs in a process of
 * its own, so that it costs every contestant the same.
 */
public final class Backend implements AutoCloseable {

	private final Process process;

	private final int port;

	private Backend(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static Backend start() {
		try {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", System.getProperty("java.class.path"), Backend.class.getName())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			BufferedReader output = process.inputReader();
			String line = output.readLine();
			while (line != null && !line.startsWith("port ")) {
				line = output.readLine();
			}
			if (line == null) {
				throw new IllegalStateException("the backend ended before it named its port");
			}
			return new Backend(process, Integer.parseInt(line.substring(5)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	public static void main(String[] args) {
		byte[] body = "{\"sku\":\"42\",\"inStock\":7}".getBytes(StandardCharsets.UTF_8);
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
				.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(body.length))
				.sendByteArray(Mono.just(body)))
			.bindNow();
		System.out.println("port " + server.port());
		server.onDispose().block();
	}

}
