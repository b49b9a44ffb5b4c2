package io.meshup.registry.problem;

import io.meshup.registry.limit.RegistryLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Turns every error of the server into a problem, before Boot's own handler can show more
 * of it.
 */
@Order(-2)
final class ProblemExceptionHandler implements WebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemExceptionHandler.class);

	private final ProblemTranslator translator;

	ProblemExceptionHandler(RegistryLimits limits) {
		this.translator = new ProblemTranslator(limits);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		if (exchange.getResponse().isCommitted()) {
			return Mono.error(error);
		}
		ApiProblem problem = this.translator.translate(exchange.getRequest(), error);
		if (problem.status().is5xxServerError() && !(error instanceof ApiProblem)) {
			logger.error("The request failed unexpectedly: {} {}", exchange.getRequest().getMethod(),
					exchange.getRequest().getPath(), error);
		}
		return ProblemWriter.write(exchange, problem);
	}

}
