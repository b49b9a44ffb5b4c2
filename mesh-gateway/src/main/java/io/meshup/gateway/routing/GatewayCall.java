package io.meshup.gateway.routing;

import java.net.URI;

import io.meshup.gateway.edge.ForwardedHeaders;
import io.meshup.traffic.FailureKind;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * One call at the gateway: turns each step of the engine into a publisher.
 */
final class GatewayCall implements Step.Visitor<Mono<Void>> {

	private static final Logger logger = LoggerFactory.getLogger(GatewayCall.class);

	private final OutboundCall call;

	private final ServerWebExchange exchange;

	private final GatewayFilterChain chain;

	GatewayCall(OutboundCall call, ServerWebExchange exchange, GatewayFilterChain chain) {
		this.call = call;
		this.exchange = exchange;
		this.chain = chain;
	}

	Mono<Void> perform() {
		return Mono.defer(() -> this.call.begin().accept(this));
	}

	@Override
	public Mono<Void> send(Step.Send send) {
		this.exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, target(send));
		this.exchange.getAttributes().put(ForwardedHeaders.MESH_HEADERS_ATTRIBUTE, send.headers());
		Mono<Void> attempt = this.chain.filter(this.exchange);
		Mono<Void> limited = (send.timeout().isZero() || isUpgrade()) ? attempt : attempt.timeout(send.timeout());
		return limited.then(Mono.fromSupplier(this::head))
			.onErrorResume((ex) -> this.exchange.getResponse().isCommitted() ? Mono.error(ex)
					: Mono.fromSupplier(() -> failed(ex)))
			.flatMap((next) -> next.accept(this));
	}

	private URI target(Step.Send send) {
		URI uri = this.exchange.getRequest().getURI();
		String rest = ServicePath.of(uri.getRawPath()).rest();
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		return URI.create(send.instance().scheme() + "://" + send.instance().authority() + rest + query);
	}

	private Step head() {
		ServerHttpResponse response = this.exchange.getResponse();
		HttpStatusCode status = response.getStatusCode();
		HttpHeaders headers = response.getHeaders();
		return kept(this.call.onHead((status != null) ? status.value() : 200, headers::getFirst));
	}

	private Step failed(Throwable ex) {
		return kept(this.call.onFailure(ex, FailureKind.of(ex)));
	}

	// Drops what an attempt left behind, unless it is what the caller gets.
	private Step kept(Step next) {
		if (!(next instanceof Step.Deliver)) {
			ServerWebExchangeUtils.reset(this.exchange);
			this.exchange.getResponse().setStatusCode(null);
		}
		return next;
	}

	@Override
	public Mono<Void> waitFor(Step.Wait wait) {
		return Mono.delay(wait.duration()).flatMap((tick) -> this.call.resume().accept(this));
	}

	@Override
	public Mono<Void> reply(Step.Reply reply) {
		ServerHttpResponse response = this.exchange.getResponse();
		response.setStatusCode(HttpStatusCode.valueOf(reply.status()));
		reply.headers().forEach(response.getHeaders()::set);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(reply.body())));
	}

	@Override
	public Mono<Void> deliver(Step.Deliver deliver) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> fail(Step.Fail fail) {
		logger.debug("The last attempt on '{}' failed", this.exchange.getRequest().getURI(), fail.cause());
		return GatewayProblem
			.of(HttpStatus.BAD_GATEWAY, "The service did not answer: its connection was refused or broke. Try again.")
			.writeTo(this.exchange);
	}

	@Override
	public Mono<Void> bypass(Step.Bypass bypass) {
		return Mono.error(new IllegalStateException("a call at the gateway is always meant for the mesh"));
	}

	private boolean isUpgrade() {
		return this.exchange.getRequest().getHeaders().getUpgrade() != null;
	}

}
