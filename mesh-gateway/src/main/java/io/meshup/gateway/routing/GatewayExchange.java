package io.meshup.gateway.routing;

import java.net.URI;

import io.meshup.gateway.edge.ForwardedHeaders;
import io.meshup.gateway.edge.PathGuard;
import io.meshup.gateway.exchange.GatewayBody;
import io.meshup.gateway.exchange.GatewayProblem;
import io.meshup.gateway.exchange.ServicePath;
import io.meshup.model.Instance;
import io.meshup.spring.client.HttpHeadersHead;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.spring.reactive.ReactiveDriver;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request at the gateway as the driver sends it: an attempt is one run of the rest of
 * the filter chain, which ends with the head of a response in the exchange. A WebSocket
 * has no head to wait for: an attempt is a connection that is closed again, and the
 * session runs after the call's last step.
 */
final class GatewayExchange implements ReactiveDriver.Exchange<ServerWebExchange> {

	private static final int SWITCHING_PROTOCOLS = 101;

	private static final TcpClient KNOCKER = TcpClient.newConnection()
		.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1_000);

	private final ServerWebExchange exchange;

	private final GatewayFilterChain chain;

	private final GatewayCopies copies;

	GatewayExchange(ServerWebExchange exchange, GatewayFilterChain chain, GatewayCopies copies) {
		this.exchange = exchange;
		this.chain = chain;
		this.copies = copies;
	}

	@Override
	public Mono<ServerWebExchange> send(Step.Send send) {
		reset();
		if (PathGuard.isActuator(send.changes().path())) {
			return GatewayProblem
				.of(HttpStatus.NOT_FOUND,
						"A rule leads this path to the service's actuator, which is " + "not for outside.")
				.writeTo(this.exchange)
				.thenReturn(this.exchange);
		}
		this.exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, target(send.instance(), send.changes()));
		this.exchange.getAttributes().put(ForwardedHeaders.CHANGES_ATTRIBUTE, send.changes());
		return isWebSocket() ? knock(send.instance()).thenReturn(this.exchange)
				: this.chain.filter(this.exchange).then(Mono.just(this.exchange));
	}

	// A session begins with the answer to the caller, before its own connection is made:
	// only a connection of its own tells in time that an instance refuses.
	private static Mono<Void> knock(Instance instance) {
		return KNOCKER.host(instance.host()).port(instance.port()).connect().doOnNext(Connection::dispose).then();
	}

	private URI target(Instance instance, RequestChanges changes) {
		URI uri = this.exchange.getRequest().getURI();
		String rest = changes.path().isEmpty() ? ServicePath.of(this.exchange.getRequest().getPath()).rest()
				: changes.path();
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		return URI.create(instance.scheme() + "://" + instance.authority() + rest + query);
	}

	// Java's own client offers Upgrade: h2c with each plain request; that is an ordinary
	// call.
	boolean isWebSocket() {
		return "websocket".equalsIgnoreCase(this.exchange.getRequest().getHeaders().getUpgrade());
	}

	@Override
	public Mono<ServerWebExchange> bypass() {
		return Mono.error(new IllegalStateException("a call at the gateway is always meant for the mesh"));
	}

	@Override
	public Mono<ServerWebExchange> reply(Step.Reply reply) {
		reset();
		ServerHttpResponse response = this.exchange.getResponse();
		response.setStatusCode(HttpStatusCode.valueOf(reply.status()));
		reply.headers().forEach(response.getHeaders()::set);
		String location = reply.headers().getOrDefault("location", "");
		if (location.startsWith("/") && "redirect".equals(reply.headers().get("x-mesh-reason"))) {
			response.getHeaders()
				.set(HttpHeaders.LOCATION,
						this.exchange.getAttributeOrDefault(ForwardedHeaders.PREFIX_ATTRIBUTE, "") + location);
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(reply.body())))
			.then(Mono.just(this.exchange));
	}

	@Override
	public int status(ServerWebExchange response) {
		HttpStatusCode status = response.getResponse().getStatusCode();
		if (status != null) {
			return status.value();
		}
		return isWebSocket() ? SWITCHING_PROTOCOLS : 200;
	}

	@Override
	public ResponseHead head(ServerWebExchange response) {
		return new HttpHeadersHead(response.getResponse().getHeaders());
	}

	@Override
	public ServerWebExchange deliver(ServerWebExchange response, Step.Deliver step, OutboundCall call) {
		step.changes().applyTo(new HttpHeadersTarget(response.getResponse().getHeaders()));
		if (step.capture()) {
			response.getAttributes().put(MeshWriteFilter.CAPTURE_ATTRIBUTE, call);
		}
		return response;
	}

	// Large bodies stream through and are gone.
	@Override
	public Mono<Void> mirror(Step.Mirror mirror) {
		if (PathGuard.isActuator(mirror.changes().path())) {
			return Mono.empty();
		}
		if (!GatewayBody.of(this.exchange).isAtHand() || isWebSocket()) {
			return Mono.empty();
		}
		return this.copies.send(this.exchange, target(mirror.instance(), mirror.changes()), mirror.changes());
	}

	@Override
	public Mono<Void> discard(ServerWebExchange response) {
		reset();
		return Mono.empty();
	}

	/**
	 * Takes back what an attempt left behind, also one that was cut off: its connection,
	 * its head, and the mark that keeps the routing filters from sending a second time.
	 */
	void reset() {
		ServerWebExchangeUtils.reset(this.exchange);
		this.exchange.getResponse().setStatusCode(null);
	}

}
