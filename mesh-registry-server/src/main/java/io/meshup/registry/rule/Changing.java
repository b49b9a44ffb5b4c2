package io.meshup.registry.rule;

import java.security.Principal;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.rule.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who changes rules, why, and what must hold at that moment.
 *
 * @param author the principal
 * @param reason why
 * @param preconditions what must hold
 */
record Changing(String author, Reason reason, Preconditions preconditions) {

	static final String MESSAGE_HEADER = "x-mesh-message";

	/**
	 * Reads it from a request.
	 * @param exchange the request
	 * @param messageLength how long a message may be
	 * @return who and why
	 * @throws ApiProblem when a header or the message is not as it must be
	 */
	static Mono<Changing> of(ServerWebExchange exchange, int messageLength) {
		Preconditions preconditions = Preconditions.from(exchange.getRequest().getHeaders());
		Reason reason = Reason.of(message(exchange, messageLength));
		return exchange.getPrincipal()
			.map(Principal::getName)
			.defaultIfEmpty("anonymous")
			.map((author) -> new Changing(author, reason, preconditions));
	}

	Changing rollingBackTo(long revision) {
		return new Changing(this.author, new Reason(this.reason.message(), revision), this.preconditions);
	}

	private static String message(ServerWebExchange exchange, int most) {
		String parameter = exchange.getRequest().getQueryParams().getFirst("message");
		String header = exchange.getRequest().getHeaders().getFirst(MESSAGE_HEADER);
		String message = text(parameter).isEmpty() ? text(header) : text(parameter);
		if (message.length() > most || message.codePoints().anyMatch(Character::isISOControl)) {
			throw ApiProblem.of(HttpStatus.BAD_REQUEST,
					"The message (query parameter 'message' or header " + MESSAGE_HEADER
							+ ") must be one line of at most " + most
							+ " characters (mesh.registry.limits.message-length) without control characters but has "
							+ message.length() + ". Nothing was changed.");
		}
		return message;
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value.strip() : "";
	}

}
