package io.meshup.registry.problem;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives the requests that the firewall refuses before anything else the same form as all
 * other errors.
 */
final class RefusedRequests implements ServerExchangeRejectedHandler {

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException refused) {
		return ProblemWriter.write(exchange,
				ApiProblem.of(HttpStatus.BAD_REQUEST,
						"The method or the path is ambiguous: a path must have no ';', '//', '\\', dot segments or "
								+ "encoded slashes, dots and control characters. Nothing was done; send it plainly."));
	}

}
