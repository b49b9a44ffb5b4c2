package io.meshup.spring.blocking.factory;

import java.net.Proxy;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

import io.meshup.spring.client.ConnectTimeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

/**
 * Limits how long connections to instances may take, for clients whose settings say
 * nothing about it: a host that swallows packets must not cost minutes. How long is a
 * setting of a client and not of a request, so calls into the mesh get a copy of the
 * client; other hosts keep the original. Stateless.
 */
final class ConnectLimit {

	private static final String APACHE = "org.springframework.http.client.HttpComponentsClientHttpRequestFactory";

	private static final Logger logger = LoggerFactory.getLogger(ConnectLimit.class);

	private ConnectLimit() {
	}

	/**
	 * A factory like another one, with the limit.
	 * @param factory a factory
	 * @return a copy, or the factory itself where it has a limit of its own or is of a
	 * kind that cannot be copied
	 */
	static ClientHttpRequestFactory of(ClientHttpRequestFactory factory) {
		try {
			if (factory.getClass() == JdkClientHttpRequestFactory.class) {
				return jdk(factory, new DirectFieldAccessor(factory));
			}
			if (factory.getClass() == SimpleClientHttpRequestFactory.class) {
				return simple(factory, new DirectFieldAccessor(factory));
			}
			if (factory.getClass().getName().equals(APACHE)) {
				return apache(factory);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The settings of {} cannot be read; its connections have no limit", factory.getClass(), ex);
		}
		return factory;
	}

	private static ClientHttpRequestFactory jdk(ClientHttpRequestFactory factory, DirectFieldAccessor fields) {
		if (!(fields.getPropertyValue("httpClient") instanceof HttpClient client)
				|| client.connectTimeout().isPresent()) {
			return factory;
		}
		HttpClient limited = ConnectTimeout.of(client);
		Executor executor = (Executor) fields.getPropertyValue("executor");
		JdkClientHttpRequestFactory copy = (executor != null) ? new JdkClientHttpRequestFactory(limited, executor)
				: new JdkClientHttpRequestFactory(limited);
		DirectFieldAccessor copied = new DirectFieldAccessor(copy);
		copied.setPropertyValue("readTimeout", fields.getPropertyValue("readTimeout"));
		copied.setPropertyValue("compression", fields.getPropertyValue("compression"));
		return copy;
	}

	private static ClientHttpRequestFactory apache(ClientHttpRequestFactory factory) {
		return ApacheConnectLimit.of((HttpComponentsClientHttpRequestFactory) factory);
	}

	private static ClientHttpRequestFactory simple(ClientHttpRequestFactory factory, DirectFieldAccessor fields) {
		if (number(fields, "connectTimeout") >= 0) {
			return factory;
		}
		SimpleClientHttpRequestFactory copy = new SimpleClientHttpRequestFactory();
		copy.setConnectTimeout(ConnectTimeout.LIMIT);
		copy.setReadTimeout(number(fields, "readTimeout"));
		copy.setChunkSize(number(fields, "chunkSize"));
		if (fields.getPropertyValue("proxy") instanceof Proxy proxy) {
			copy.setProxy(proxy);
		}
		return copy;
	}

	private static int number(DirectFieldAccessor fields, String name) {
		@Nullable Object value = fields.getPropertyValue(name);
		return (value instanceof Integer number) ? number : 0;
	}

}
