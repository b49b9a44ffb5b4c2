package io.meshup.registry.watch;

import io.meshup.registry.door.ParticipantCall;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Watches on the short way, to {@link WatchController} as on the long one.
 */
final class StraightWatch implements ParticipantCall {

	private static final String PATH = "/api/v1/watch";

	private final WatchController watches;

	StraightWatch(WatchController watches) {
		this.watches = watches;
	}

	@Override
	public boolean isFor(ServerHttpRequest request) {
		return request.getMethod().equals(HttpMethod.GET)
				&& request.getPath().pathWithinApplication().value().equals(PATH) && takesEvents(request);
	}

	@Override
	public Mono<Void> answer(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		String lastEventId = request.getHeaders().getFirst("Last-Event-ID");
		return this.watches.watch(request.getQueryParams(), (lastEventId != null) ? lastEventId : "", exchange);
	}

	private static boolean takesEvents(ServerHttpRequest request) {
		String accept = request.getHeaders().getFirst(HttpHeaders.ACCEPT);
		return accept == null || accept.equals(MediaType.ALL_VALUE) || accept.equals(MediaType.TEXT_EVENT_STREAM_VALUE);
	}

}
