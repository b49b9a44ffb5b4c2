package io.meshup.gateway.routing;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.meshup.gateway.edge.PassingHeaders;
import io.meshup.gateway.exchange.GatewayBody;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends an attempt and leaves the head of its response in the exchange, as
 * {@link NettyRoutingFilter} does with the same client. A request without a body is sent
 * in one piece.
 */
final class MeshSendFilter implements GlobalFilter, Ordered {

	private final HttpClient client;

	private final PassingHeaders headers;

	private final @Nullable Duration responseTimeout;

	MeshSendFilter(HttpClient client, HttpClientProperties properties, PassingHeaders headers) {
		Integer connectTimeout = properties.getConnectTimeout();
		this.client = (connectTimeout != null) ? client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeout)
				: client;
		this.headers = headers;
		this.responseTimeout = properties.getResponseTimeout();
	}

	@Override
	public int getOrder() {
		return NettyRoutingFilter.ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI target = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (ServerWebExchangeUtils.isAlreadyRouted(exchange) || !target.getScheme().startsWith("http")) {
			return chain.filter(exchange);
		}
		ServerWebExchangeUtils.setAlreadyRouted(exchange);
		Mono<HttpClientResponse> head = send(exchange, target).responseConnection((response, connection) -> {
			arrived(exchange, response, connection);
			return Mono.just(response);
		}).next();
		return ((this.responseTimeout != null) ? head.timeout(this.responseTimeout, late()) : head)
			.doOnError((ex) -> Observed.end(exchange, ex))
			.doOnCancel(() -> Observed.end(exchange, null))
			.then(chain.filter(exchange));
	}

	private Mono<HttpClientResponse> late() {
		return Mono.error(() -> new TimeoutException("Response took longer than timeout: " + this.responseTimeout));
	}

	private HttpClient.ResponseReceiver<?> send(ServerWebExchange exchange, URI target) {
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders passing = this.headers.ofRequest(exchange);
		boolean preserveHost = exchange.getAttributeOrDefault(ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE,
				false);
		HttpClient.RequestSender sender = this.client.headers((headers) -> {
			passing.forEach(headers::set);
			String host = preserveHost ? request.getHeaders().getFirst(HttpHeaders.HOST) : null;
			if (host != null) {
				headers.set(HttpHeaders.HOST, host);
			}
		})
			.request(io.netty.handler.codec.http.HttpMethod.valueOf(request.getMethod().name()))
			.uri(target.toASCIIString());
		return GatewayBody.isNone(request.getHeaders()) ? sender : sender.send(GatewayBody.of(exchange).bytes(request));
	}

	private void arrived(ServerWebExchange exchange, HttpClientResponse response, Connection connection) {
		exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR, response);
		exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR, connection);
		HttpHeaders input = new HttpHeaders(new Netty4HeadersAdapter(response.responseHeaders()));
		String type = input.getFirst(HttpHeaders.CONTENT_TYPE);
		if (type != null) {
			exchange.getAttributes().put(ServerWebExchangeUtils.ORIGINAL_RESPONSE_CONTENT_TYPE_ATTR, type);
		}
		exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(response.status().code()));
		HttpHeaders passing = this.headers.ofResponse(input, exchange);
		exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES, passing.headerNames());
		exchange.getResponse().getHeaders().addAll(passing);
	}

}
