package io.meshup.spring.reactive;

import java.nio.charset.StandardCharsets;

import io.meshup.spring.client.ServiceUri;
import io.meshup.spring.client.UriRequest;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.Step;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * One request of WebClient.
 */
final class WebClientExchange extends UriRequest implements ReactiveDriver.Exchange<ClientResponse> {

	private final ClientRequest request;

	private final ExchangeFunction next;

	private final ReplayableBody body;

	WebClientExchange(ClientRequest request, ExchangeFunction next) {
		super(request.url());
		this.request = request;
		this.next = next;
		this.body = new ReplayableBody(request.body());
	}

	@Override
	public String method() {
		return this.request.method().name();
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.headers().getFirst(name);
	}

	@Override
	public boolean isReplayable() {
		return this.body.isReplayable();
	}

	@Override
	public Mono<ClientResponse> send(Step.Send send) {
		ClientRequest attempt = ClientRequest.from(this.request)
			.url(ServiceUri.at(uri(), send.instance()))
			.headers((headers) -> send.headers().forEach(headers::set))
			.body(this.body)
			.build();
		return this.next.exchange(attempt);
	}

	@Override
	public Mono<ClientResponse> bypass() {
		return this.next.exchange(this.request);
	}

	@Override
	public Mono<ClientResponse> reply(Step.Reply reply) {
		return Mono.fromSupplier(() -> ClientResponse.create(HttpStatusCode.valueOf(reply.status()))
			.headers((headers) -> reply.headers().forEach(headers::set))
			.body(new String(reply.body(), StandardCharsets.UTF_8))
			.build());
	}

	@Override
	public int status(ClientResponse response) {
		return response.statusCode().value();
	}

	@Override
	public @Nullable String header(ClientResponse response, String name) {
		return response.headers().asHttpHeaders().getFirst(name);
	}

	@Override
	public ClientResponse deliver(ClientResponse response, OutboundCall call) {
		return response.mutate()
			.body((body) -> body.doOnError(call::onEnd).doFinally((signal) -> ended(signal, call)))
			.build();
	}

	private static void ended(SignalType signal, OutboundCall call) {
		if (signal != SignalType.ON_ERROR) {
			call.onEnd(null);
		}
	}

	@Override
	public Mono<Void> discard(ClientResponse response) {
		return response.releaseBody();
	}

}
