package io.meshup.spring.reactive;

import io.meshup.model.Instance;
import io.meshup.spring.client.HttpHeadersHead;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.spring.client.ServiceUri;
import io.meshup.spring.client.UriRequest;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
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

	WebClientExchange(ClientRequest request, ExchangeFunction next, CallContext context) {
		super(request.url(), context);
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
		return exchange(send.instance(), send.changes());
	}

	@Override
	public Mono<Void> mirror(Step.Mirror mirror) {
		return this.body.isReplayable()
				? exchange(mirror.instance(), mirror.changes()).flatMap(ClientResponse::releaseBody) : Mono.empty();
	}

	private Mono<ClientResponse> exchange(Instance instance, RequestChanges changes) {
		ClientRequest attempt = ClientRequest.from(this.request)
			.url(ServiceUri.at(uri(), instance, changes.path()))
			.headers((headers) -> changes.applyTo(new HttpHeadersTarget(headers)))
			.body(this.body)
			.build();
		return MeshConnector.mark(this.next.exchange(attempt));
	}

	@Override
	public Mono<ClientResponse> bypass() {
		return this.next.exchange(this.request);
	}

	@Override
	public Mono<ClientResponse> reply(Step.Reply reply) {
		return Mono.fromSupplier(() -> ClientResponse.create(HttpStatusCode.valueOf(reply.status()))
			.headers((headers) -> reply.headers().forEach(headers::set))
			.body(Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(reply.body()))))
			.build());
	}

	@Override
	public int status(ClientResponse response) {
		return response.statusCode().value();
	}

	@Override
	public ResponseHead head(ClientResponse response) {
		return new HttpHeadersHead(response.headers().asHttpHeaders());
	}

	@Override
	public ClientResponse deliver(ClientResponse response, Step.Deliver step, OutboundCall call) {
		ClientResponse.Builder delivered = response.mutate();
		if (!step.changes().isEmpty()) {
			delivered.headers((headers) -> step.changes().applyTo(new HttpHeadersTarget(headers)));
		}
		return delivered.body((body) -> {
			Flux<DataBuffer> read = step.capture() ? body.doOnNext((buffer) -> capture(buffer, call)) : body;
			// Before the application hears of it: what it calls next must find room.
			return read.doOnError(call::onEnd).doOnComplete(() -> completed(call)).doOnCancel(() -> call.onEnd(null));
		}).build();
	}

	private static void completed(OutboundCall call) {
		call.onBodyEnd();
		call.onEnd(null);
	}

	private static void capture(DataBuffer buffer, OutboundCall call) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		int position = buffer.readPosition();
		buffer.read(bytes).readPosition(position);
		call.onBody(bytes, 0, bytes.length);
	}

	@Override
	public Mono<Void> discard(ClientResponse response) {
		return response.releaseBody();
	}

}
