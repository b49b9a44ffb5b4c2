package io.meshup.gateway.direct;

import io.meshup.gateway.direct.attempt.Answer;
import io.meshup.gateway.direct.attempt.DirectExchange;
import io.meshup.gateway.direct.attempt.InstanceClient;
import io.meshup.gateway.exchange.GatewayBody;
import io.meshup.gateway.exchange.GatewayProblem;
import io.meshup.gateway.exchange.MeshCalls;
import io.meshup.gateway.exchange.ServicePath;
import io.meshup.spring.reactive.ReactiveDriver;
import io.meshup.traffic.OutboundCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.RequestPath;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Carries requests the straight way: from the door to the engine, to an instance and
 * back. The call ends when the last byte is written, or when the caller went away.
 * Thread-safe.
 */
@Component
final class DirectCalls {

	private static final String EXPLAIN_HEADER = "x-mesh-explain";

	private static final Logger logger = LoggerFactory.getLogger(DirectCalls.class);

	private final MeshCalls calls;

	private final ReactiveDriver driver;

	private final InstanceClient client;

	private final AnswerWriter writer;

	private final RequestTimers timers;

	DirectCalls(MeshCalls calls, ReactiveDriver driver, InstanceClient client, AnswerWriter writer,
			RequestTimers timers) {
		this.calls = calls;
		this.driver = driver;
		this.client = client;
		this.writer = writer;
		this.timers = timers;
	}

	Mono<Void> handle(ServerWebExchange exchange) {
		RequestPath whole = exchange.getRequest().getPath();
		GatewayProblem refusal = this.calls.refusal(whole);
		if (refusal != null) {
			return refusal.writeTo(exchange);
		}
		long start = this.timers.start();
		ServicePath path = ServicePath.of(whole);
		GatewayBody body = new GatewayBody(exchange.getRequest().getHeaders());
		OutboundCall call = this.calls.open(exchange, path, body);
		DirectExchange attempts = new DirectExchange(exchange, path, body, this.client);
		return this.driver.drive(() -> call, attempts)
			.onErrorResume((ex) -> Mono.just(unanswered(exchange, call, ex)))
			.flatMap((answer) -> this.writer.write(answer, attempts, call, start))
			.doOnSuccess((nothing) -> call.onEnd(null))
			.doOnError((ex) -> {
				call.onEnd(ex);
				attempts.close();
			})
			.doOnCancel(() -> {
				call.cancel();
				attempts.close();
			});
	}

	private static Answer unanswered(ServerWebExchange exchange, OutboundCall call, Throwable ex) {
		if (!call.explanation().isEmpty()) {
			exchange.getResponse().getHeaders().set(EXPLAIN_HEADER, call.explanation());
		}
		logger.debug("The last attempt for '{}' failed", exchange.getRequest().getURI(), ex);
		return new Answer.Refused(GatewayProblem.of(HttpStatus.BAD_GATEWAY,
				"The service did not answer: its connection was refused or broke. Try again."));
	}

}
