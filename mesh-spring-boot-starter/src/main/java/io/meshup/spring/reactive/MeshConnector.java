package io.meshup.spring.reactive;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.Function;

import io.meshup.spring.client.ConnectTimeout;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.function.SingletonSupplier;

/**
 * Limits how long connections to instances may take, for connectors whose settings say
 * nothing about it. How long is a setting of a client and not of a request, so calls into
 * the mesh take a copy; others keep the original. Thread-safe.
 */
final class MeshConnector implements ClientHttpConnector {

	private static final Logger logger = LoggerFactory.getLogger(MeshConnector.class);

	private static final String NETTY = "org.springframework.http.client.reactive.ReactorClientHttpConnector";

	private final ClientHttpConnector own;

	private final SingletonSupplier<ClientHttpConnector> limited;

	private MeshConnector(ClientHttpConnector own) {
		this.own = own;
		this.limited = SingletonSupplier.of(() -> limited(own));
	}

	/**
	 * Puts the limit around a connector, once.
	 * @param connector the connector
	 * @return a connector that knows calls into the mesh by {@link #mark}
	 */
	static ClientHttpConnector around(ClientHttpConnector connector) {
		return (connector instanceof MeshConnector) ? connector : new MeshConnector(connector);
	}

	/**
	 * Says of an attempt that it goes to an instance.
	 * @param <T> what it answers with
	 * @param attempt the attempt
	 * @return the same, marked
	 */
	static <T> Mono<T> mark(Mono<T> attempt) {
		return attempt.contextWrite((context) -> context.put(MeshConnector.class, Boolean.TRUE));
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> callback) {
		return Mono.deferContextual((context) -> {
			ClientHttpConnector chosen = context.hasKey(MeshConnector.class) ? this.limited.obtain() : this.own;
			return chosen.connect(method, uri, callback);
		});
	}

	private static ClientHttpConnector limited(ClientHttpConnector own) {
		try {
			if (own.getClass().getName().equals(NETTY)) {
				return Netty.limited(own, new DirectFieldAccessor(own).getPropertyValue("httpClient"));
			}
			if (own.getClass() == JdkClientHttpConnector.class) {
				return jdk(own, new DirectFieldAccessor(own));
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The settings of {} cannot be read; its connections have no limit", own.getClass(), ex);
		}
		return own;
	}

	private static ClientHttpConnector jdk(ClientHttpConnector own, DirectFieldAccessor from) {
		if (!(from.getPropertyValue("httpClient") instanceof HttpClient client)
				|| client.connectTimeout().isPresent()) {
			return own;
		}
		JdkClientHttpConnector copy = new JdkClientHttpConnector(ConnectTimeout.of(client));
		DirectFieldAccessor to = new DirectFieldAccessor(copy);
		for (String field : new String[] { "bufferFactory", "readTimeout", "cookieParser" }) {
			to.setPropertyValue(field, from.getPropertyValue(field));
		}
		return copy;
	}

	/**
	 * Only where Reactor Netty is there.
	 */
	private static final class Netty {

		static ClientHttpConnector limited(ClientHttpConnector own, @Nullable Object client) {
			if (!(client instanceof reactor.netty.http.client.HttpClient found)
					|| found.configuration().options().containsKey(ChannelOption.CONNECT_TIMEOUT_MILLIS)) {
				return own;
			}
			return new ReactorClientHttpConnector(
					found.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) ConnectTimeout.LIMIT.toMillis()));
		}

	}

}
