package io.meshup.gateway.direct.attempt;

import io.meshup.gateway.edge.PathGuard;
import io.meshup.gateway.exchange.GatewayBody;
import io.meshup.gateway.exchange.GatewayProblem;
import io.meshup.gateway.exchange.ServicePath;
import io.meshup.spring.reactive.ReactiveDriver;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request on the straight way as the driver sends it. Nothing of an attempt is in the
 * caller's response before one is delivered.
 */
public final class DirectExchange implements ReactiveDriver.Exchange<Answer> {

	private final ServerWebExchange exchange;

	private final ServicePath path;

	private final GatewayBody body;

	private final InstanceClient client;

	private final OpenConnection open = new OpenConnection();

	public DirectExchange(ServerWebExchange exchange, ServicePath path, GatewayBody body, InstanceClient client) {
		this.exchange = exchange;
		this.path = path;
		this.body = body;
		this.client = client;
	}

	public ServerWebExchange exchange() {
		return this.exchange;
	}

	public ServicePath path() {
		return this.path;
	}

	GatewayBody body() {
		return this.body;
	}

	@Override
	public Mono<Answer> send(Step.Send send) {
		if (PathGuard.isActuator(send.changes().path())) {
			return Mono.just(new Answer.Refused(GatewayProblem.of(HttpStatus.NOT_FOUND,
					"A rule leads this path to the service's actuator, which is not for outside.")));
		}
		this.open.begin(send);
		return this.client.send(this, send);
	}

	/**
	 * The answer to an attempt comes.
	 * @param send the attempt
	 * @param connection where its body comes from
	 */
	void keep(Step.Send send, Connection connection) {
		this.open.keep(send, connection);
	}

	/**
	 * What is asked for.
	 * @param changes what is changed about the request
	 * @return the raw path and query
	 */
	String pathAndQuery(RequestChanges changes) {
		String rest = changes.path().isEmpty() ? this.path.rest() : changes.path();
		String query = this.exchange.getRequest().getURI().getRawQuery();
		return (query != null) ? rest + "?" + query : rest;
	}

	@Override
	public Mono<Answer> bypass() {
		return Mono.error(new IllegalStateException("a call at the gateway is always meant for the mesh"));
	}

	@Override
	public Mono<Answer> reply(Step.Reply reply) {
		return Mono.just(new Answer.Own(reply));
	}

	@Override
	public int status(Answer answer) {
		return answer.status();
	}

	@Override
	public ResponseHead head(Answer answer) {
		return (answer instanceof Answer.Arrived present) ? present : (name) -> null;
	}

	@Override
	public Answer deliver(Answer answer, Step.Deliver step, OutboundCall call) {
		return (answer instanceof Answer.Arrived present) ? present.delivered(step, call) : answer;
	}

	// Large bodies stream through and are gone.
	@Override
	public Mono<Void> mirror(Step.Mirror mirror) {
		if (PathGuard.isActuator(mirror.changes().path()) || !this.body.isAtHand()) {
			return Mono.empty();
		}
		return this.client.copy(this, mirror.instance(), mirror.changes());
	}

	@Override
	public Mono<Void> discard(Answer answer) {
		this.open.drop();
		return Mono.empty();
	}

	/**
	 * Cuts the connection of the present answer, unless its body was read to the end, and
	 * any that would come.
	 */
	public void close() {
		this.open.close();
	}

}
