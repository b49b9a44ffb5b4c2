package io.meshup.gateway.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Passes on what an instance says after a body: the trailers that it announces. Those of
 * requests are lost, because Reactor Netty's server does not hand them out. Stateless.
 */
public final class Trailers {

	private static final Logger logger = LoggerFactory.getLogger(Trailers.class);

	private Trailers() {
	}

	/**
	 * Lets the caller have the trailers, where some are announced.
	 * @param from the instance's answer
	 * @param to the caller's answer, not committed yet
	 */
	public static void pass(HttpClientResponse from, ServerHttpResponse to) {
		String announced = from.responseHeaders().get(HttpHeaderNames.TRAILER);
		if (announced != null && nativeOf(to) instanceof HttpServerResponse server) {
			List<String> names = Arrays.stream(announced.split(",")).map(String::strip).toList();
			to.getHeaders().set("Trailer", announced);
			// By then the body has ended, so they are there.
			server.trailerHeaders((trailers) -> from.trailerHeaders()
				.subscribe((came) -> came.forEach((each) -> copy(each, names, trailers))));
		}
	}

	private static void copy(Map.Entry<String, String> trailer, List<String> announced, HttpHeaders target) {
		if (announced.stream().anyMatch(trailer.getKey()::equalsIgnoreCase)) {
			try {
				target.add(trailer.getKey(), trailer.getValue());
			}
			catch (IllegalArgumentException ex) {
				logger.debug("'{}' cannot be a trailer; the caller does not get it", trailer.getKey(), ex);
			}
		}
	}

	private static Object nativeOf(ServerHttpResponse response) {
		return (response instanceof ServerHttpResponseDecorator || response instanceof AbstractServerHttpResponse)
				? ServerHttpResponseDecorator.getNativeResponse(response) : response;
	}

}
