package io.meshup.spring.blocking;

import java.net.Proxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

/**
 * Limits how long connections to instances may take, for clients whose settings say
 * nothing about it: a host that swallows packets must not cost minutes. How long is a
 * setting of a client and not of a request, so calls into the mesh get a copy of the
 * client; other hosts keep the original. Stateless.
 */
final class ConnectLimit {

	/** As the design has it; Envoy's own default is 5 s, Istio's 10 s. */
	static final Duration TIMEOUT = Duration.ofSeconds(1);

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
		}
		catch (BeansException ex) {
			logger.debug("The settings of {} cannot be read; its connections have no limit", factory.getClass(), ex);
		}
		return factory;
	}

	private static ClientHttpRequestFactory jdk(ClientHttpRequestFactory factory, DirectFieldAccessor fields) {
		if (!(fields.getPropertyValue("httpClient") instanceof HttpClient client)
				|| client.connectTimeout().isPresent()) {
			return factory;
		}
		HttpClient limited = copy(client);
		Executor executor = (Executor) fields.getPropertyValue("executor");
		JdkClientHttpRequestFactory copy = (executor != null) ? new JdkClientHttpRequestFactory(limited, executor)
				: new JdkClientHttpRequestFactory(limited);
		DirectFieldAccessor copied = new DirectFieldAccessor(copy);
		copied.setPropertyValue("readTimeout", fields.getPropertyValue("readTimeout"));
		copied.setPropertyValue("compression", fields.getPropertyValue("compression"));
		return copy;
	}

	private static HttpClient copy(HttpClient client) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.connectTimeout(TIMEOUT)
			.followRedirects(client.followRedirects())
			.version(client.version())
			.sslContext(client.sslContext())
			.sslParameters(client.sslParameters());
		client.executor().ifPresent(builder::executor);
		client.proxy().ifPresent(builder::proxy);
		client.authenticator().ifPresent(builder::authenticator);
		client.cookieHandler().ifPresent(builder::cookieHandler);
		return builder.build();
	}

	private static ClientHttpRequestFactory simple(ClientHttpRequestFactory factory, DirectFieldAccessor fields) {
		if (number(fields, "connectTimeout") >= 0) {
			return factory;
		}
		SimpleClientHttpRequestFactory copy = new SimpleClientHttpRequestFactory();
		copy.setConnectTimeout(TIMEOUT);
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
