package io.meshup.spring.blocking.factory;

import io.meshup.spring.client.ConnectTimeout;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.function.Resolver;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * A factory on the same client of Apache, and so on the same connections, whose requests
 * say how long a connection may take. Thread-safe as the other one.
 */
final class ApacheConnectLimit extends HttpComponentsClientHttpRequestFactory {

	private static final Timeout LIMIT = Timeout.of(ConnectTimeout.LIMIT);

	private ApacheConnectLimit(HttpComponentsClientHttpRequestFactory factory) {
		super(factory.getHttpClient());
		DirectFieldAccessor from = new DirectFieldAccessor(factory);
		DirectFieldAccessor to = new DirectFieldAccessor(this);
		for (String field : new String[] { "httpContextFactory", "connectionRequestTimeout", "readTimeout" }) {
			to.setPropertyValue(field, from.getPropertyValue(field));
		}
	}

	// The factory itself where the client has a limit of its own, or may have one.
	static HttpComponentsClientHttpRequestFactory of(HttpComponentsClientHttpRequestFactory factory) {
		Object manager = new DirectFieldAccessor(factory.getHttpClient()).getPropertyValue("connManager");
		return (manager != null && !isLimited(manager)) ? new ApacheConnectLimit(factory) : factory;
	}

	@SuppressWarnings("unchecked")
	private static boolean isLimited(Object manager) {
		Object resolver = new DirectFieldAccessor(manager).getPropertyValue("connectionConfigResolver");
		if (!(resolver instanceof Resolver<?, ?> found)) {
			return false;
		}
		ConnectionConfig config = ((Resolver<HttpRoute, @Nullable ConnectionConfig>) found)
			.resolve(new HttpRoute(new HttpHost("localhost", 80)));
		Timeout timeout = (config != null) ? config.getConnectTimeout() : null;
		return timeout != null && !timeout.equals(ConnectionConfig.DEFAULT.getConnectTimeout());
	}

	@Override
	@SuppressWarnings("deprecation") // no other setting is one of the request
	protected RequestConfig mergeRequestConfig(RequestConfig clientConfig) {
		RequestConfig merged = super.mergeRequestConfig(clientConfig);
		return (merged.getConnectTimeout() != null) ? merged
				: RequestConfig.copy(merged).setConnectTimeout(LIMIT).build();
	}

	@Override
	public void destroy() {
		// The client belongs to the other factory.
	}

}
