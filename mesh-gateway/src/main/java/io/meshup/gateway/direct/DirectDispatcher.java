package io.meshup.gateway.direct;

import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.ServerWebExchange;

/**
 * Spring's dispatcher, which stands behind all of an application's web filters: lets
 * requests into the mesh straight through. Thread-safe.
 */
final class DirectDispatcher extends DispatcherHandler {

	private final Supplier<Detours> detours;

	private final Supplier<DirectCalls> calls;

	DirectDispatcher(ApplicationContext context, Supplier<Detours> detours, Supplier<DirectCalls> calls) {
		super(context);
		this.detours = detours;
		this.calls = calls;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		StraightWay way = this.detours.get().way();
		if (way == null || !way.isFor(exchange.getRequest())) {
			return super.handle(exchange);
		}
		way.enter(exchange);
		return this.calls.get().handle(exchange);
	}

}
