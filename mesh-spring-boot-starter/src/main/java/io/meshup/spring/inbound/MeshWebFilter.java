package io.meshup.spring.inbound;

import java.net.InetSocketAddress;

import io.meshup.spring.client.CallContexts;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Shows each request of a WebFlux application to the gate, and answers those that it
 * refuses. The visit ends when the head of the response is committed, because only then
 * is the status of a handled error known.
 */
final class MeshWebFilter implements WebFilter, Ordered {

	private static final int OK = 200;

	private static final int CLIENT_WENT_AWAY = 499;

	private static final int SERVER_ERROR = 500;

	private final Watchman watchman;

	MeshWebFilter(Watchman watchman) {
		this.watchman = watchman;
	}

	@Override
	public int getOrder() {
		return Watchman.ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Watchman.Visit visit = this.watchman.show(new ExchangeView(exchange.getRequest(), exchange.getResponse()));
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> Mono.fromRunnable(() -> visit.end(status(response))));
		Step.Reply refusal = visit.refusal();
		Mono<Void> answer = (refusal != null) ? refuse(exchange, refusal) : serve(exchange, chain, visit.context());
		return answer.doFinally((signal) -> finish(visit, response, signal));
	}

	// Spring notes the name of each filter for each request.
	@Override
	public String toString() {
		return "MeshWebFilter";
	}

	private static Mono<Void> serve(ServerWebExchange exchange, WebFilterChain chain, CallContext context) {
		if (context == CallContext.NONE) {
			return chain.filter(exchange);
		}
		exchange.getAttributes().put(CallContexts.KEY, context);
		return chain.filter(exchange).contextWrite((view) -> view.put(CallContexts.KEY, context));
	}

	private static Mono<Void> refuse(ServerWebExchange exchange, Step.Reply refusal) {
		ServerHttpResponse response = exchange.getResponse();
		return UnreadBody.discard(exchange.getRequest()).flatMap((isReusable) -> {
			response.setRawStatusCode(refusal.status());
			refusal.headers().forEach(response.getHeaders()::set);
			response.getHeaders().setContentLength(refusal.body().length);
			if (!isReusable) {
				response.getHeaders().setConnection("close");
			}
			return response.writeWith(Mono.just(response.bufferFactory().wrap(refusal.body())));
		});
	}

	private static void finish(Watchman.Visit visit, ServerHttpResponse response, SignalType signal) {
		if (signal == SignalType.CANCEL) {
			visit.end(CLIENT_WENT_AWAY);
		}
		else if (signal == SignalType.ON_ERROR && response.isCommitted()) {
			visit.end(SERVER_ERROR);
		}
	}

	private static int status(ServerHttpResponse response) {
		HttpStatusCode status = response.getStatusCode();
		return (status != null) ? status.value() : OK;
	}

	/**
	 * The gate's view of a WebFlux request.
	 */
	private record ExchangeView(ServerHttpRequest request, ServerHttpResponse response) implements InboundView {

		@Override
		public String method() {
			return this.request.getMethod().name();
		}

		@Override
		public String path() {
			return this.request.getPath().value();
		}

		@Override
		public @Nullable String header(String name) {
			return this.request.getHeaders().getFirst(name);
		}

		@Override
		public boolean isAnswered() {
			return this.response.isCommitted();
		}

		@Override
		public void answerWith(String name, String value) {
			this.response.beforeCommit(() -> Mono.fromRunnable(() -> this.response.getHeaders().set(name, value)));
		}

		@Override
		public @Nullable String remoteAddress() {
			InetSocketAddress address = this.request.getRemoteAddress();
			return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : null;
		}

	}

}
