package io.meshup.gateway.routing;

import java.net.URI;
import java.util.List;

import io.meshup.gateway.edge.ForwardedHeaders;
import io.meshup.gateway.exchange.GatewayBody;
import io.meshup.traffic.RequestChanges;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends copies of requests whose body is at hand, beside the gateway's own filters: their
 * answers are read to the end and forgotten. Thread-safe.
 */
@Component
final class GatewayCopies {

	private final HttpClient client;

	private final ObjectProvider<List<HttpHeadersFilter>> filters;

	GatewayCopies(HttpClient client, ObjectProvider<List<HttpHeadersFilter>> filters) {
		this.client = client;
		this.filters = filters;
	}

	Mono<Void> send(ServerWebExchange exchange, URI target, RequestChanges changes) {
		HttpHeaders headers = new HttpHeaders();
		Object attempt = exchange.getAttributes().put(ForwardedHeaders.CHANGES_ATTRIBUTE, changes);
		Object observed = exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_OBSERVATION_ATTR);
		headers.putAll(HttpHeadersFilter.filterRequest(this.filters.getIfAvailable(List::of), exchange));
		Observed.end(exchange, null);
		if (observed != null) {
			exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_OBSERVATION_ATTR, observed);
		}
		if (attempt != null) {
			exchange.getAttributes().put(ForwardedHeaders.CHANGES_ATTRIBUTE, attempt);
		}
		headers.remove(HttpHeaders.HOST);
		HttpClient.RequestSender sender = this.client.headers((copy) -> headers.forEach(copy::set))
			.request(HttpMethod.valueOf(exchange.getRequest().getMethod().name()))
			.uri(target);
		ServerHttpRequest request = exchange.getRequest();
		HttpClient.ResponseReceiver<?> copy = GatewayBody.isNone(request.getHeaders()) ? sender
				: sender.send(GatewayBody.of(exchange).bytes(request));
		return copy.response().then();
	}

}
