package io.meshup.gateway.direct;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.meshup.gateway.edge.ForwardedHeaders;
import io.meshup.gateway.edge.PassingHeaders;
import io.meshup.gateway.exchange.GatewayBody;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.traffic.RequestChanges;
import io.micrometer.observation.Observation;
import io.netty.channel.ChannelOption;
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
final class InstanceClient {

	private final HttpClient client;

	private final PassingHeaders headers;

	private final AttemptObservations observations;

	private final @Nullable Duration responseTimeout;

	InstanceClient(HttpClient client, HttpClientProperties properties, PassingHeaders headers,
			AttemptObservations observations) {
		Integer connectTimeout = properties.getConnectTimeout();
		this.client = (connectTimeout != null) ? client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeout)
				: client;
		this.headers = headers;
		this.observations = observations;
		this.responseTimeout = properties.getResponseTimeout();
	}

	/**
	 * Sends an attempt.
	 * @param request the caller's
	 * @param target where to
	 * @param changes what is changed about it
	 * @return the head of the answer
	 */
	Mono<Answer> send(DirectExchange request, URI target, RequestChanges changes) {
		return Mono.deferContextual((context) -> attempt(request, target, changes, context));
	}

	/**
	 * Sends a copy, whose answer is read to the end and forgotten.
	 * @param request the caller's, with its body at hand
	 * @param target where to
	 * @param changes what is changed about it
	 * @return completes with the head of the answer
	 */
	Mono<Void> copy(DirectExchange request, URI target, RequestChanges changes) {
		HttpClient prepared = this.client.headers((head) -> fill(head, request, changes));
		return send(prepared, request, target).response().then();
	}

	private Mono<Answer> attempt(DirectExchange request, URI target, RequestChanges changes, ContextView context) {
		io.netty.handler.codec.http.HttpHeaders filled = new io.netty.handler.codec.http.DefaultHttpHeaders();
		HttpHeaders carrier = fill(filled, request, changes);
		Observation observation = this.observations.begin(request.exchange(), carrier, context);
		Mono<Answer> answer = send(this.client.headers((head) -> head.set(filled)), request, target)
			.responseConnection((head, connection) -> Mono.<Answer>just(new Answer.Arrived(head, connection)))
			.next();
		Mono<Answer> inTime = (this.responseTimeout != null) ? answer.timeout(this.responseTimeout, late()) : answer;
		return (observation != null) ? this.observations.observed(inTime, observation, request.exchange()) : inTime;
	}

	private <T> Mono<T> late() {
		return Mono.error(() -> new TimeoutException("Response took longer than timeout: " + this.responseTimeout));
	}

	private HttpHeaders fill(io.netty.handler.codec.http.HttpHeaders head, DirectExchange request,
			RequestChanges changes) {
		ServerHttpRequest original = request.exchange().getRequest();
		this.headers.copyRequest(original, head);
		HttpHeaders view = new HttpHeaders(new Netty4HeadersAdapter(head));
		HttpHeadersTarget target = new HttpHeadersTarget(view);
		ForwardedHeaders.write(original, request.path().prefix(), target);
		changes.applyTo(target);
		return view;
	}

	private static HttpClient.ResponseReceiver<?> send(HttpClient prepared, DirectExchange request, URI target) {
		ServerHttpRequest original = request.exchange().getRequest();
		HttpClient.RequestSender sender = prepared.request(HttpMethod.valueOf(original.getMethod().name())).uri(target);
		return GatewayBody.isNone(original.getHeaders()) ? sender : sender.send(request.body().bytes(original));
	}

}
