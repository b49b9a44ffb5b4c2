package io.meshup.spring.inbound;

import io.meshup.spring.inbound.stream.EndingResponse;
import io.meshup.spring.inbound.stream.OpenStreams;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * While a WebFlux application leaves: asks clients for new connections elsewhere, and
 * ends event streams.
 */
final class DrainWebFilter implements WebFilter, Ordered {

	private final OpenStreams streams;

	private final LateCalls late;

	DrainWebFilter(OpenStreams streams, LateCalls late) {
		this.streams = streams;
		this.late = late;
	}

	@Override
	public int getOrder() {
		return Watchman.ORDER + 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		this.late.arrived(exchange.getRequest().getHeaders().getFirst(LateCalls.SOURCE));
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> Mono.fromRunnable(() -> askToGo(response)));
		return chain.filter(exchange.mutate().response(new EndingResponse(response, this.streams)).build());
	}

	// Spring notes the name of each filter for each request.
	@Override
	public String toString() {
		return "DrainWebFilter";
	}

	private void askToGo(ServerHttpResponse response) {
		if (this.streams.isDraining() && !"Upgrade".equalsIgnoreCase(response.getHeaders().getFirst("Connection"))) {
			response.getHeaders().setConnection("close");
		}
	}

}
