package io.meshup.benchmarks.server;

import java.nio.charset.StandardCharsets;

import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * The server that all contestants call: answers a few bytes at once. Runs in a process of
 * its own, so that it costs every contestant the same.
 */
public final class Backend {

	private Backend() {
	}

	public static JavaServer start() {
		return JavaServer.start(System.getProperty("java.class.path"), Backend.class);
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
		JavaServer.ready(server.port());
		server.onDispose().block();
	}

}
