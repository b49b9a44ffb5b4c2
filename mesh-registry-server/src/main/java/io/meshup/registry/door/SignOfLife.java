package io.meshup.registry.door;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells participants that this process is there, whatever its state. Those that know
 * several addresses ask about once a second whether to stay.
 */
final class SignOfLife implements ParticipantCall {

	private static final String PATH = "/api/v1/alive";

	@Override
	public boolean isFor(ServerHttpRequest request) {
		return request.getMethod().equals(HttpMethod.GET)
				&& request.getPath().pathWithinApplication().value().equals(PATH);
	}

	@Override
	public Mono<Void> answer(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
		return exchange.getResponse().setComplete();
	}

}
