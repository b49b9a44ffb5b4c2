package io.meshup.registry.security;

import io.meshup.registry.problem.ProblemWriter;
import io.meshup.registry.security.rate.OperatorCalls;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses operators' calls while too many are under way, before anything is spent on
 * them: not even who calls is looked at.
 */
final class OperatorDoor implements WebFilter, Ordered {

	private final OperatorCalls calls;

	OperatorDoor(OperatorCalls calls) {
		this.calls = calls;
	}

	/**
	 * Behind the door of participants, before Spring Security's filter.
	 */
	@Override
	public int getOrder() {
		return -190;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return (this.calls.isFull() && OperatorCalls.isCounted(exchange.getRequest()))
				? ProblemWriter.write(exchange, this.calls.refusal()) : chain.filter(exchange);
	}

}
