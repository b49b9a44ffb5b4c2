package io.meshup.spring.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.RequestView;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that its URI tells. One per call, used by the thread that drives
 * it.
 */
public abstract class UriRequest implements RequestView {

	private final URI uri;

	private final CallContext context;

	protected UriRequest(URI uri, CallContext context) {
		this.uri = uri;
		this.context = context;
	}

	/**
	 * The URI as the application wrote it.
	 * @return with the service's name as its host
	 */
	protected final URI uri() {
		return this.uri;
	}

	@Override
	public final String path() {
		String path = this.uri.getRawPath();
		return (path != null && !path.isEmpty()) ? path : "/";
	}

	@Override
	public final @Nullable String rawQuery() {
		return this.uri.getRawQuery();
	}

	@Override
	public final @Nullable String queryParam(String name) {
		String query = this.uri.getRawQuery();
		if (query == null) {
			return null;
		}
		for (String pair : query.split("&")) {
			int equals = pair.indexOf('=');
			if (name.equals(decode((equals >= 0) ? pair.substring(0, equals) : pair))) {
				return (equals >= 0) ? decode(pair.substring(equals + 1)) : "";
			}
		}
		return null;
	}

	@Override
	public final @Nullable String remoteAddress() {
		return null;
	}

	@Override
	public final CallContext context() {
		return this.context;
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
