package io.meshup.spring.blocking;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import feign.Client;
import feign.Request;
import feign.Response;
import io.meshup.spring.client.ServiceUri;
import io.meshup.spring.client.UriRequest;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.RequestView;
import io.meshup.traffic.Step;
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
		super(uri);
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
		return first(this.request.headers(), name);
	}

	@Override
	public boolean isReplayable() {
		return true;
	}

	@Override
	public Response send(Step.Send send) throws IOException {
		Map<String, Collection<String>> headers = new LinkedHashMap<>(this.request.headers());
		send.headers().forEach((name, value) -> {
			headers.keySet().removeIf(name::equalsIgnoreCase);
			headers.put(name, List.of(value));
		});
		Request attempt = Request.create(this.request.httpMethod(), ServiceUri.at(uri(), send.instance()).toString(),
				headers, this.request.body(), this.request.charset(), this.request.requestTemplate());
		return this.client.execute(attempt, within(send.timeout()));
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
	public @Nullable String header(Response response, String name) {
		return first(response.headers(), name);
	}

	@Override
	public Response deliver(Response response, OutboundCall call) {
		if (response.body() == null) {
			call.onEnd(null);
			return response;
		}
		return response.toBuilder().body(new DeliveredFeignBody(response.body(), call)).build();
	}

	@Override
	public void discard(Response response) {
		response.close();
	}

	private static @Nullable String first(Map<String, Collection<String>> headers, String name) {
		for (Map.Entry<String, Collection<String>> header : headers.entrySet()) {
			if (header.getKey().equalsIgnoreCase(name)) {
				return header.getValue().stream().findFirst().orElse(null);
			}
		}
		return null;
	}

}
