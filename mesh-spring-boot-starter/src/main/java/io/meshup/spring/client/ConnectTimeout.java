package io.meshup.spring.client;

import java.net.http.HttpClient;
import java.time.Duration;

/**
 * How long a connection to an instance may take where a client's settings say nothing
 * about it: a host that swallows packets must not cost minutes.
 */
public final class ConnectTimeout {

	/**
	 * As the design has it; Envoy's own default is 5 s, Istio's 10 s.
	 */
	public static final Duration LIMIT = Duration.ofSeconds(1);

	private ConnectTimeout() {
	}

	/**
	 * A client of the JDK like another one, with the limit.
	 * @param client a client
	 * @return a copy, or the client itself where it has a limit of its own
	 */
	public static HttpClient of(HttpClient client) {
		if (client.connectTimeout().isPresent()) {
			return client;
		}
		HttpClient.Builder builder = HttpClient.newBuilder()
			.connectTimeout(LIMIT)
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

}
