package io.meshup.spring.blocking;

import java.io.IOException;

import io.meshup.traffic.request.MeshHeaders;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Apache's client repeats by itself, on the same instance, a 503 even after a second; to
 * a service of the mesh the mesh decides, to any other host it goes on as before.
 * Thread-safe.
 */
final class ApacheRetries implements HttpRequestRetryStrategy {

	private final HttpRequestRetryStrategy own = DefaultHttpRequestRetryStrategy.INSTANCE;

	@Override
	public boolean retryRequest(HttpRequest request, IOException ex, int count, HttpContext context) {
		return !isMesh(request) && this.own.retryRequest(request, ex, count, context);
	}

	@Override
	public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
		return !isMesh(HttpClientContext.cast(context).getRequest()) && this.own.retryRequest(response, count, context);
	}

	@Override
	public TimeValue getRetryInterval(HttpRequest request, IOException ex, int count, HttpContext context) {
		return this.own.getRetryInterval(request, ex, count, context);
	}

	@Override
	public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
		return this.own.getRetryInterval(response, count, context);
	}

	private static boolean isMesh(@Nullable HttpRequest request) {
		return request != null && request.containsHeader(MeshHeaders.SOURCE);
	}

}
