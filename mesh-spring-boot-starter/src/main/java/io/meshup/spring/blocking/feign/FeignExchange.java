package io.meshup.spring.blocking.feign;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import feign.Client;
import feign.Request;
import feign.Response;
import io.meshup.model.Instance;
import io.meshup.spring.blocking.call.Exchange;
import io.meshup.spring.client.CallContexts;
import io.meshup.spring.client.ServiceUri;
import io.meshup.spring.client.UriRequest;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * A request of OpenFeign, whose body is always in memory. An attempt's limit becomes its
 * connect and its read timeout, because Feign's own client cannot be interrupted.
 */
final class FeignExchange extends UriRequest implements Exchange<Response> {

	private final Client client;

	private final Request request;

	private final Request.Options options;

	FeignExchange(URI uri, Client client, Request request, Request.Options options) {
		super(uri, CallContexts.current());
		this.client = client;
		this.request = request;
		this.options = options;
	}

	@Override
	public RequestView request() {
		return this;
	}

	@Override
	public String method() {
		return this.request.httpMethod().name();
	}

	@Override
	public @Nullable String header(String name) {
		return new FeignHeaders(this.request.headers()).header(name);
	}

	@Override
	public boolean isReplayable() {
		return true;
	}

	@Override
	public Response send(Step.Send send) throws IOException {
		return execute(send.instance(), send.changes(), within(send.timeout()));
	}

	@Override
	public void mirror(Step.Mirror mirror) throws IOException {
		execute(mirror.instance(), mirror.changes(), this.options).close();
	}

	private Response execute(Instance instance, RequestChanges changes, Request.Options within) throws IOException {
		FeignHeaders headers = new FeignHeaders(this.request.headers());
		changes.applyTo(headers);
		Request attempt = Request.create(this.request.httpMethod(),
				ServiceUri.at(uri(), instance, changes.path()).toString(), headers.fields(), this.request.body(),
				this.request.charset(), this.request.requestTemplate());
		return this.client.execute(attempt, within);
	}

	private Request.Options within(Duration timeout) {
		if (timeout.isZero()) {
			return this.options;
		}
		long limit = Math.max(1, timeout.toMillis());
		return new Request.Options(shorter(this.options.connectTimeoutMillis(), limit), TimeUnit.MILLISECONDS,
				shorter(this.options.readTimeoutMillis(), limit), TimeUnit.MILLISECONDS,
				this.options.isFollowRedirects());
	}

	// Feign takes 0 for no limit.
	private static long shorter(long own, long limit) {
		return (own > 0) ? Math.min(own, limit) : limit;
	}

	@Override
	public Response bypass() throws IOException {
		return this.client.execute(this.request, this.options);
	}

	@Override
	public Response reply(Step.Reply reply) {
		Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		reply.headers().forEach((name, value) -> headers.put(name, List.of(value)));
		return Response.builder()
			.request(this.request)
			.status(reply.status())
			.headers(headers)
			.body(reply.body())
			.build();
	}

	@Override
	public int status(Response response) {
		return response.status();
	}

	@Override
	public ResponseHead head(Response response) {
		return new FeignHeaders(response.headers());
	}

	@Override
	public Response deliver(Response response, Step.Deliver step, OutboundCall call) {
		Response.Builder delivered = response.toBuilder();
		if (!step.changes().isEmpty()) {
			FeignHeaders headers = new FeignHeaders(response.headers());
			step.changes().applyTo(headers);
			delivered.headers(headers.fields());
		}
		if (response.body() == null) {
			call.onEnd(null);
			return delivered.build();
		}
		return delivered.body(new DeliveredFeignBody(response.body(), call, step.capture())).build();
	}

	@Override
	public void discard(Response response) {
		response.close();
	}

}
