package io.meshup.gateway.edge;

import java.util.List;
import java.util.Locale;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Takes the mesh's own headers off what comes from outside, before anything reads them:
 * nobody out there can claim to be a service.
 */
@Component
final class MeshHeaderStripper implements WebFilter, Ordered {

	private static final String OWN = "x-mesh-";

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		List<String> forged = forged(exchange.getRequest().getHeaders());
		if (forged.isEmpty()) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange.mutate()
			.request((request) -> request.headers((headers) -> forged.forEach(headers::remove)))
			.build());
	}

	private static List<String> forged(HttpHeaders headers) {
		return headers.headerNames().stream().filter((name) -> name.toLowerCase(Locale.ROOT).startsWith(OWN)).toList();
	}

}
