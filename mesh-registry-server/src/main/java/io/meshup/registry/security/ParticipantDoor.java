package io.meshup.registry.security;

import java.util.List;

import io.meshup.registry.door.Kinship;
import io.meshup.registry.door.ParticipantCall;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.ProblemWriter;
import io.meshup.registry.security.credential.JoinToken;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets whoever shows the join token do at once what participants do all the time. All
 * others, also those with a wrong token, go on to the doors of
 * {@link SecurityConfiguration}.
 */
final class ParticipantDoor implements WebFilter, Ordered {

	private static final String BEARER = "Bearer ";

	private final JoinToken joinToken;

	private final Kinship kinship;

	private final List<ParticipantCall> calls;

	ParticipantDoor(JoinToken joinToken, Kinship kinship, List<ParticipantCall> calls) {
		this.joinToken = joinToken;
		this.kinship = kinship;
		this.calls = List.copyOf(calls);
	}

	/**
	 * Before Spring Security's filter, which is at -100.
	 */
	@Override
	public int getOrder() {
		return -200;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!isParticipant(request)) {
			return chain.filter(exchange);
		}
		try {
			this.kinship.check(request);
		}
		catch (ApiProblem stranger) {
			return ProblemWriter.write(exchange, stranger);
		}
		for (ParticipantCall call : this.calls) {
			if (call.isFor(request)) {
				return answer(call, exchange);
			}
		}
		return chain.filter(exchange);
	}

	private boolean isParticipant(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		return header != null && header.startsWith(BEARER) && this.joinToken.matches(header.substring(BEARER.length()));
	}

	private static Mono<Void> answer(ParticipantCall call, ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
		headers.set("X-Content-Type-Options", "nosniff");
		return call.answer(exchange);
	}

}
