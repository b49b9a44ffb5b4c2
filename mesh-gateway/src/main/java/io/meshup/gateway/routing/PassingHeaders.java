package io.meshup.gateway.routing;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.gateway.edge.ForwardedHeaders;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.ForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.GRPCRequestHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.GRPCResponseHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.TransferEncodingNormalizationHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.XForwardedHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which headers pass the gateway. Does in one copy what Spring Cloud Gateway's own
 * filters do in one copy each; an application's own filters, and those that observe, run
 * before. Thread-safe.
 */
@Component
final class PassingHeaders {

	private static final Set<Class<?>> REPLACED = Set.of(RemoveHopByHopHeadersFilter.class,
			TransferEncodingNormalizationHeadersFilter.class, ForwardedHeadersFilter.class,
			XForwardedHeadersFilter.class, GRPCRequestHeadersFilter.class, GRPCResponseHeadersFilter.class,
			ForwardedHeaders.class);

	private final ForwardedHeaders forwarded;

	private final SingletonSupplier<List<HttpHeadersFilter>> others;

	private final Set<String> hopByHop;

	PassingHeaders(ForwardedHeaders forwarded, ObjectProvider<HttpHeadersFilter> filters,
			ObjectProvider<RemoveHopByHopHeadersFilter> hopByHop) {
		this.forwarded = forwarded;
		this.others = SingletonSupplier
			.of(() -> filters.orderedStream().filter((filter) -> !REPLACED.contains(filter.getClass())).toList());
		this.hopByHop = hopByHop.stream()
			.map(RemoveHopByHopHeadersFilter::getHeaders)
			.flatMap(Collection::stream)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * The headers of an attempt.
	 * @param exchange with the caller's request
	 * @return new headers, without the host
	 */
	HttpHeaders ofRequest(ServerWebExchange exchange) {
		HttpHeaders input = HttpHeadersFilter.filterRequest(this.others.obtain(), exchange);
		HttpHeaders passing = endToEnd(input);
		passing.remove(HttpHeaders.HOST);
		if (input.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			passing.remove(HttpHeaders.CONTENT_LENGTH);
		}
		return this.forwarded.filter(passing, exchange);
	}

	/**
	 * The headers that the caller gets.
	 * @param input a response's headers
	 * @param exchange with the status of the response
	 * @return new headers
	 */
	HttpHeaders ofResponse(HttpHeaders input, ServerWebExchange exchange) {
		return endToEnd(
				HttpHeadersFilter.filter(this.others.obtain(), input, exchange, HttpHeadersFilter.Type.RESPONSE));
	}

	private HttpHeaders endToEnd(HttpHeaders input) {
		List<String> options = input.getConnection();
		HttpHeaders passing = new HttpHeaders();
		input.forEach((name, values) -> {
			if (!this.hopByHop.contains(name.toLowerCase(Locale.ROOT)) && !isOption(name, options)) {
				passing.put(name, values);
			}
		});
		return passing;
	}

	private static boolean isOption(String name, List<String> options) {
		return !options.isEmpty() && options.stream().anyMatch(name::equalsIgnoreCase);
	}

}
