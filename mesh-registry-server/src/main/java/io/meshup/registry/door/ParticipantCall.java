package io.meshup.registry.door;

import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * A call that participants make all the time: beats and watches. One that shows the join
 * token is answered without the way through the filters of operators and the search for a
 * handler, which cost more than the call itself. Whatever is unusual about a request goes
 * the long way, so that every refusal comes from one place. Thread-safe.
 */
public interface ParticipantCall {

	/**
	 * Whether this request can be answered here.
	 * @param request any request
	 * @return {@code false} to let it go the long way
	 */
	boolean isFor(ServerHttpRequest request);

	/**
	 * Answers as the handler at the end of the long way does.
	 * @param exchange shows the join token
	 * @return completes when answered; fails with what the error handler is to tell
	 */
	Mono<Void> answer(ServerWebExchange exchange);

}
