package io.meshup.gateway.direct.attempt;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.meshup.gateway.edge.ForwardedHeaders;
import io.meshup.gateway.edge.PassingHeaders;
import io.meshup.model.Instance;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.util.context.ContextView;

import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.stereotype.Component;

/**
 * Sends attempts with Spring Cloud Gateway's own client. A request without a body is sent
 * in one piece. Thread-safe.
 */
@Component
public final class InstanceClient {

	private final Targets targets;

	private final PassingHeaders headers;

	private final AttemptObservations observations;

	private final ExchangeNotes notes;

	private final @Nullable Duration responseTimeout;

	InstanceClient(HttpClient client, HttpClientProperties properties, PassingHeaders headers,
			AttemptObservations observations, ExchangeNotes notes) {
		Integer connectTimeout = properties.getConnectTimeout();
		this.targets = new Targets((connectTimeout != null)
				? client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeout) : client);
		this.headers = headers;
		this.observations = observations;
		this.notes = notes;
		this.responseTimeout = properties.getResponseTimeout();
	}

	/**
	 * Sends an attempt.
	 * @param request the caller's, told of the connection
	 * @param send where to and with what
	 * @return the head of the answer
	 */
	Mono<Answer> send(DirectExchange request, Step.Send send) {
		return Mono.deferContextual((context) -> attempt(request, send, context));
	}

	/**
	 * Sends a copy, whose answer is read to the end and forgotten.
	 * @param request the caller's, with its body at hand
	 * @param instance where to
	 * @param changes what is changed about it
	 * @return completes with the head of the answer
	 */
	Mono<Void> copy(DirectExchange request, Instance instance, RequestChanges changes) {
		Target target = this.targets.of(instance);
		HttpClient prepared = target.client().headers((head) -> fill(head, request, target, changes));
		return sent(prepared, request, target.uri(request.pathAndQuery(changes))).response().then();
	}

	private Mono<Answer> attempt(DirectExchange request, Step.Send send, ContextView context) {
		RequestChanges changes = send.changes();
		Target target = this.targets.of(send.instance());
		AttemptObservation[] begun = new AttemptObservation[1];
		HttpClient prepared = target.client()
			.headers((head) -> begun[0] = this.observations.begin(request.exchange(),
					fill(head, request, target, changes), context));
		String asked = request.pathAndQuery(changes);
		this.notes.sending(request.exchange(), send.instance(), asked);
		Mono<Answer> answer = sent(prepared, request, target.uri(asked)).responseConnection((head, connection) -> {
			request.keep(send, connection);
			this.notes.arrived(request.exchange(), head, connection);
			return Mono.<Answer>just(new Answer.Arrived(head, connection));
		}).next();
		Mono<Answer> inTime = (this.responseTimeout != null) ? answer.timeout(this.responseTimeout, late()) : answer;
		AttemptObservation observation = begun[0];
		return (observation != null) ? observation.around(inTime) : inTime;
	}

	private <T> Mono<T> late() {
		return Mono.error(() -> new TimeoutException("Response took longer than timeout: " + this.responseTimeout));
	}

	private HttpHeaders fill(io.netty.handler.codec.http.HttpHeaders head, DirectExchange request, Target target,
			RequestChanges changes) {
		ServerHttpRequest original = request.exchange().getRequest();
		this.headers.copyRequest(original, head);
		HttpHeaders view = new HttpHeaders(new Netty4HeadersAdapter(head));
		HttpHeadersTarget changed = new HttpHeadersTarget(view);
		ForwardedHeaders.write(original, request.path().prefix(), changed);
		changes.applyTo(changed);
		if (!head.contains(HttpHeaderNames.HOST)) {
			head.set(HttpHeaderNames.HOST, target.host());
		}
		return view;
	}

	private static HttpClient.ResponseReceiver<?> sent(HttpClient prepared, DirectExchange request, String uri) {
		ServerHttpRequest original = request.exchange().getRequest();
		HttpClient.RequestSender sender = prepared.request(HttpMethod.valueOf(original.getMethod().name())).uri(uri);
		return request.body().isNone() ? sender : sender.send(request.body().bytes(original));
	}

}
