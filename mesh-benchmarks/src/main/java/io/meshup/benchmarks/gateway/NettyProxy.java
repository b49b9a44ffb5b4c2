package io.meshup.benchmarks.gateway;

import java.time.Duration;

import io.meshup.benchmarks.server.JavaServer;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * The least that a proxy on Reactor Netty does: heads and bodies pass through.
 */
public final class NettyProxy {

	private final HttpClient client;

	private NettyProxy(int backend) {
		ConnectionProvider connections = ConnectionProvider.builder("proxy")
			.maxConnections(500)
			.maxIdleTime(Duration.ofSeconds(15))
			.build();
		this.client = HttpClient.create(connections).host("127.0.0.1").port(backend);
	}

	public static void main(String[] args) {
		NettyProxy proxy = new NettyProxy(Integer.parseInt(args[0]));
		DisposableServer server = HttpServer.create().host("127.0.0.1").port(0).handle(proxy::handle).bindNow();
		JavaServer.ready(server.port());
		server.onDispose().block();
	}

	private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return this.client.headers((headers) -> headers.set(request.requestHeaders()))
			.request(request.method())
			.uri(request.uri())
			.send((head, outgoing) -> outgoing.send(request.receive().retain()))
			.response((head, body) -> deliver(head, response).send(body.retain()))
			.then();
	}

	private static HttpServerResponse deliver(HttpClientResponse head, HttpServerResponse response) {
		return response.status(head.status()).headers(head.responseHeaders());
	}

}
