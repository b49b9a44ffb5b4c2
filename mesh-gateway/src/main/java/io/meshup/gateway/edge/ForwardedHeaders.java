package io.meshup.gateway.edge;

import java.net.InetSocketAddress;

import io.meshup.route.filter.HeaderTarget;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.traffic.step.RequestChanges;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells a service whom the gateway answers: {@code X-Forwarded-For}, {@code -Host},
 * {@code -Proto} and {@code -Prefix}. What the outside claims in such headers is dropped,
 * because anybody can write them.
 */
@Component
public final class ForwardedHeaders implements HttpHeadersFilter, Ordered {

	private static final String CLAIM = "x-forwarded-";

	/**
	 * Exchange attribute: the path segment that was taken off, with its slash.
	 */
	public static final String PREFIX_ATTRIBUTE = ForwardedHeaders.class.getName() + ".prefix";

	/**
	 * Exchange attribute: the {@link RequestChanges} of the present attempt.
	 */
	public static final String CHANGES_ATTRIBUTE = ForwardedHeaders.class.getName() + ".changes";

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		return filter(input, exchange, exchange.getAttribute(CHANGES_ATTRIBUTE));
	}

	HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange, @Nullable RequestChanges changes) {
		HttpHeaders headers = new HttpHeaders();
		input.forEach((name, values) -> {
			if (!isClaim(name)) {
				headers.put(name, values);
			}
		});
		HttpHeadersTarget target = new HttpHeadersTarget(headers);
		write(exchange.getRequest(), exchange.getAttributeOrDefault(PREFIX_ATTRIBUTE, ""), target);
		if (changes != null) {
			changes.applyTo(target);
		}
		return headers;
	}

	/**
	 * Writes the headers anew.
	 * @param request whom the gateway answers
	 * @param prefix the path segment that was taken off, with its slash
	 * @param headers without claims of the outside
	 */
	public static void write(ServerHttpRequest request, String prefix, HeaderTarget headers) {
		InetSocketAddress caller = request.getRemoteAddress();
		if (caller != null && caller.getAddress() != null) {
			headers.set("X-Forwarded-For", caller.getAddress().getHostAddress());
		}
		String host = request.getHeaders().getFirst(HttpHeaders.HOST);
		if (host != null) {
			headers.set("X-Forwarded-Host", host);
		}
		headers.set("X-Forwarded-Proto", (request.getSslInfo() != null) ? "https" : "http");
		headers.set("X-Forwarded-Prefix", prefix);
	}

	static boolean isClaim(String name) {
		return name.equalsIgnoreCase("forwarded") || name.regionMatches(true, 0, CLAIM, 0, CLAIM.length());
	}

}
