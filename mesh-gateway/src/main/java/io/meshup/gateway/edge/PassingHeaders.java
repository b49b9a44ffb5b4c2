package io.meshup.gateway.edge;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.traffic.step.RequestChanges;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.ForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.GRPCRequestHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.GRPCResponseHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveXForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.TransferEncodingNormalizationHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.XForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedRequestHttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedResponseHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which headers pass the gateway. Does in one copy what Spring Cloud Gateway's own
 * filters do in one copy each; an application's own filters, and those that observe, run
 * before. Thread-safe.
 */
@Component
public final class PassingHeaders {

	private static final Set<Class<?>> REPLACED = Set.of(RemoveHopByHopHeadersFilter.class,
			TransferEncodingNormalizationHeadersFilter.class, ForwardedHeadersFilter.class,
			XForwardedHeadersFilter.class, RemoveForwardedHeadersFilter.class, RemoveXForwardedHeadersFilter.class,
			GRPCRequestHeadersFilter.class, GRPCResponseHeadersFilter.class, ForwardedHeaders.class);

	private static final Set<Class<?>> OBSERVING = Set.of(ObservedRequestHttpHeadersFilter.class,
			ObservedResponseHttpHeadersFilter.class);

	private static final String TRAILERS = "trailers";

	private final ForwardedHeaders forwarded;

	private final SingletonSupplier<List<HttpHeadersFilter>> others;

	private final SingletonSupplier<List<HttpHeadersFilter>> own;

	private final HeaderNames hopByHop;

	PassingHeaders(ForwardedHeaders forwarded, ObjectProvider<HttpHeadersFilter> filters,
			ObjectProvider<RemoveHopByHopHeadersFilter> hopByHop) {
		this.forwarded = forwarded;
		this.others = SingletonSupplier
			.of(() -> filters.orderedStream().filter((filter) -> !REPLACED.contains(filter.getClass())).toList());
		this.own = SingletonSupplier
			.of(() -> this.others.obtain().stream().filter((each) -> !OBSERVING.contains(each.getClass())).toList());
		this.hopByHop = hopByHop.stream()
			.map(RemoveHopByHopHeadersFilter::getHeaders)
			.flatMap(Collection::stream)
			.collect(Collectors.collectingAndThen(Collectors.toSet(), HeaderNames::new));
	}

	/**
	 * Whether headers pass filters of an application's own, which must be asked.
	 * @return {@code false} when {@link #ofRequest} and {@link #copyRequest} do the same
	 */
	public boolean areFiltered() {
		return !this.own.obtain().isEmpty();
	}

	/**
	 * The headers of an attempt.
	 * @param exchange with the caller's request
	 * @return new headers, without the host
	 */
	public HttpHeaders ofRequest(ServerWebExchange exchange) {
		HttpHeaders passing = passing(HttpHeadersFilter.filterRequest(this.others.obtain(), exchange));
		return this.forwarded.filter(passing, exchange);
	}

	/**
	 * The headers of a copy of a request, which nobody observes.
	 * @param exchange with the caller's request
	 * @param changes what is changed about the copy
	 * @return new headers, without the host
	 */
	public HttpHeaders ofCopy(ServerWebExchange exchange, RequestChanges changes) {
		HttpHeaders passing = passing(HttpHeadersFilter.filterRequest(this.own.obtain(), exchange));
		return this.forwarded.filter(passing, exchange, changes);
	}

	private HttpHeaders passing(HttpHeaders input) {
		HttpHeaders passing = endToEnd(input);
		passing.remove(HttpHeaders.HOST);
		if (input.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			passing.remove(HttpHeaders.CONTENT_LENGTH);
		}
		if (acceptsTrailers(input)) {
			passing.set(HttpHeaders.TE, TRAILERS);
			passing.setConnection(HttpHeaders.TE);
		}
		return passing;
	}

	/**
	 * The headers that the caller gets.
	 * @param input a response's headers
	 * @param exchange with the status of the response
	 * @return new headers
	 */
	public HttpHeaders ofResponse(HttpHeaders input, ServerWebExchange exchange) {
		return endToEnd(
				HttpHeadersFilter.filter(this.others.obtain(), input, exchange, HttpHeadersFilter.Type.RESPONSE));
	}

	/**
	 * Copies what passes of a request, without asking filters.
	 * @param request the caller's
	 * @param attempt the head of an attempt
	 */
	public void copyRequest(ServerHttpRequest request, io.netty.handler.codec.http.HttpHeaders attempt) {
		HttpHeaders input = request.getHeaders();
		List<String> options = input.getConnection();
		boolean chunked = input.containsHeader(HttpHeaders.TRANSFER_ENCODING);
		input.forEach((name, values) -> {
			if (isEndToEnd(name, options) && !ForwardedHeaders.isClaim(name) && !name.equalsIgnoreCase(HttpHeaders.HOST)
					&& !(chunked && name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH))) {
				attempt.set(name, values);
			}
		});
		if (acceptsTrailers(input)) {
			attempt.set(HttpHeaderNames.TE, TRAILERS);
			attempt.set(HttpHeaderNames.CONNECTION, HttpHeaderNames.TE);
		}
	}

	/**
	 * Copies what passes of a response, without asking filters.
	 * @param answer the head of an instance's response
	 * @param response the caller's
	 */
	public void copyResponse(io.netty.handler.codec.http.HttpHeaders answer, HttpHeaders response) {
		List<String> options = answer.contains(HttpHeaderNames.CONNECTION)
				? new HttpHeaders(new Netty4HeadersAdapter(answer)).getConnection() : List.of();
		Iterator<Map.Entry<String, String>> each = answer.iteratorAsString();
		while (each.hasNext()) {
			Map.Entry<String, String> header = each.next();
			if (isEndToEnd(header.getKey(), options)) {
				response.add(header.getKey(), header.getValue());
			}
		}
	}

	// The gateway passes on what the caller accepts; each hop has to say it anew.
	private static boolean acceptsTrailers(HttpHeaders input) {
		String encodings = input.getFirst(HttpHeaders.TE);
		return encodings != null && encodings.toLowerCase(Locale.ROOT).contains(TRAILERS);
	}

	private HttpHeaders endToEnd(HttpHeaders input) {
		List<String> options = input.getConnection();
		HttpHeaders passing = new HttpHeaders();
		input.forEach((name, values) -> {
			if (isEndToEnd(name, options)) {
				passing.put(name, values);
			}
		});
		return passing;
	}

	private boolean isEndToEnd(String name, List<String> options) {
		return !this.hopByHop.contains(name) && !isOption(name, options);
	}

	private static boolean isOption(String name, List<String> options) {
		return !options.isEmpty() && options.stream().anyMatch(name::equalsIgnoreCase);
	}

}
