package io.meshup.gateway.direct;

import io.meshup.gateway.direct.attempt.Answer;
import io.meshup.gateway.direct.attempt.DirectExchange;
import io.meshup.gateway.edge.PassingHeaders;
import io.meshup.gateway.exchange.GatewayProblem;
import io.meshup.gateway.exchange.ResponseWriter;
import io.meshup.gateway.exchange.Trailers;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.step.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers the caller. Thread-safe.
 */
@Component
final class AnswerWriter {

	private static final Logger logger = LoggerFactory.getLogger(AnswerWriter.class);

	private final PassingHeaders headers;

	private final ResponseWriter bodies;

	private final RequestTimers timers;

	AnswerWriter(PassingHeaders headers, ResponseWriter bodies, RequestTimers timers) {
		this.headers = headers;
		this.bodies = bodies;
		this.timers = timers;
	}

	/**
	 * Writes an answer.
	 * @param answer the answer
	 * @param request whose answer it is
	 * @param call of the request
	 * @param start when it began
	 * @return completes when all is written
	 */
	Mono<Void> write(Answer answer, DirectExchange request, OutboundCall call, long start) {
		ServerWebExchange exchange = request.exchange();
		exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(answer.status()));
		this.timers.stop(exchange, start);
		if (answer instanceof Answer.Arrived arrived) {
			return write(arrived, exchange, call);
		}
		// An instance's that came too late, or comes yet.
		request.close();
		return (answer instanceof Answer.Own own) ? write(own.reply(), request)
				: ((Answer.Refused) answer).problem().writeTo(exchange);
	}

	private Mono<Void> write(Answer.Arrived arrived, ServerWebExchange exchange, OutboundCall call) {
		HttpHeaders response = exchange.getResponse().getHeaders();
		this.headers.copyResponse(arrived.head().responseHeaders(), response);
		Trailers.pass(arrived.head(), exchange.getResponse());
		arrived.changes().applyTo(new HttpHeadersTarget(response));
		return this.bodies.write(exchange, arrived.connection(), arrived.capture(),
				(ex) -> broken(arrived, exchange, call, ex));
	}

	private static Mono<Void> write(Step.Reply reply, DirectExchange request) {
		ServerHttpResponse response = request.exchange().getResponse();
		reply.headers().forEach(response.getHeaders()::set);
		String location = reply.headers().getOrDefault("location", "");
		if (location.startsWith("/") && "redirect".equals(reply.headers().get("x-mesh-reason"))) {
			response.getHeaders().set(HttpHeaders.LOCATION, request.path().prefix() + location);
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(reply.body())));
	}

	private static Mono<Void> broken(Answer.Arrived arrived, ServerWebExchange exchange, OutboundCall call,
			Throwable ex) {
		call.onEnd(ex);
		arrived.connection().dispose();
		arrived.head().responseHeaders().names().forEach(exchange.getResponse().getHeaders()::remove);
		logger.debug("The response for '{}' broke off", exchange.getRequest().getURI(), ex);
		return GatewayProblem
			.of(HttpStatus.BAD_GATEWAY, "The service broke its answer off. Whether it did what was asked is not known.")
			.writeTo(exchange);
	}

}
