package io.meshup.gateway.direct.attempt;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.meshup.model.Instance;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayObservationConvention;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/**
 * Leaves in the exchange what Spring Cloud Gateway leaves there about an attempt, where
 * an application has something that may read it: web filters or conventions of
 * observations of its own. Thread-safe.
 */
@Component
final class ExchangeNotes {

	/** What these bring reads nothing of it; Spring Security's filter holds others. */
	private static final List<String> KNOWN = List.of("io.meshup.gateway.edge.", "io.meshup.spring.",
			"org.springframework.boot.", "org.springframework.cloud.gateway.", "org.springframework.http.",
			"org.springframework.web.");

	private final SingletonSupplier<Boolean> read;

	ExchangeNotes(ObjectProvider<WebFilter> filters, ObjectProvider<ServerRequestObservationConvention> requests,
			ObjectProvider<GatewayObservationConvention> attempts) {
		this.read = SingletonSupplier.of(() -> Stream.of(filters.stream(), requests.stream(), attempts.stream())
			.flatMap((each) -> each)
			.anyMatch(ExchangeNotes::isOwn));
	}

	void sending(ServerWebExchange exchange, Instance instance, String pathAndQuery) {
		if (this.read.obtain()) {
			exchange.getAttributes()
				.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
						URI.create(instance.scheme() + "://" + instance.authority() + pathAndQuery));
		}
	}

	void arrived(ServerWebExchange exchange, HttpClientResponse head, Connection connection) {
		if (!this.read.obtain()) {
			return;
		}
		Map<String, Object> attributes = exchange.getAttributes();
		attributes.put(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR, head);
		attributes.put(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR, connection);
		String type = head.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE);
		if (type != null) {
			attributes.put(ServerWebExchangeUtils.ORIGINAL_RESPONSE_CONTENT_TYPE_ATTR, type);
		}
	}

	private static boolean isOwn(Object bean) {
		String name = bean.getClass().getName();
		return KNOWN.stream().noneMatch(name::startsWith);
	}

}
