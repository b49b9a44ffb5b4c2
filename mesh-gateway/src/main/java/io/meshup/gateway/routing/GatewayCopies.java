package io.meshup.gateway.routing;

import java.net.URI;

import io.meshup.gateway.edge.PassingHeaders;
import io.meshup.gateway.exchange.GatewayBody;
import io.meshup.traffic.step.RequestChanges;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends copies of requests whose body is at hand, beside the gateway's own filters but
 * with the same headers as the original: their answers are read to the end and forgotten.
 * Nobody observes them. Thread-safe.
 */
@Component
final class GatewayCopies {

	private final HttpClient client;

	private final PassingHeaders headers;

	GatewayCopies(HttpClient client, PassingHeaders headers) {
		this.client = client;
		this.headers = headers;
	}

	Mono<Void> send(ServerWebExchange exchange, URI target, RequestChanges changes) {
		HttpHeaders passing = this.headers.ofCopy(exchange, changes);
		HttpClient.RequestSender sender = this.client.headers((copy) -> passing.forEach(copy::set))
			.request(HttpMethod.valueOf(exchange.getRequest().getMethod().name()))
			.uri(target);
		ServerHttpRequest request = exchange.getRequest();
		HttpClient.ResponseReceiver<?> copy = GatewayBody.isNone(request.getHeaders()) ? sender
				: sender.send(GatewayBody.of(exchange).bytes(request));
		return copy.response().then();
	}

}
