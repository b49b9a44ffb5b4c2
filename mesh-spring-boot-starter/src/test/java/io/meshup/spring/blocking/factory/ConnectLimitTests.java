package io.meshup.spring.blocking.factory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

import io.meshup.spring.client.ConnectTimeout;
import io.meshup.spring.fault.FullBacklog;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConnectLimitTests {

	@Test
	void copiesAJdkClientWithAllItsSettings() {
		HttpClient client = HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.ALWAYS)
			.version(HttpClient.Version.HTTP_1_1)
			.executor(Runnable::run)
			.build();
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(client);
		factory.setReadTimeout(Duration.ofSeconds(7));

		DirectFieldAccessor copy = new DirectFieldAccessor(ConnectLimit.of(factory));

		HttpClient copied = (HttpClient) copy.getPropertyValue("httpClient");
		assertThat(copied.connectTimeout()).contains(ConnectTimeout.LIMIT);
		assertThat(copied.followRedirects()).isEqualTo(HttpClient.Redirect.ALWAYS);
		assertThat(copied.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		assertThat(copied.executor()).isEqualTo(client.executor());
		assertThat(copy.getPropertyValue("readTimeout")).isEqualTo(Duration.ofSeconds(7));
		assertThat(client.connectTimeout()).isEmpty();
	}

	@Test
	void leavesAClientThatHasALimitAlone() {
		ClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(9)).build());
		SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
		simple.setConnectTimeout(Duration.ofSeconds(9));

		assertThat(ConnectLimit.of(jdk)).isSameAs(jdk);
		assertThat(ConnectLimit.of(simple)).isSameAs(simple);
	}

	@Test
	void leavesAnApacheClientThatHasALimitAlone() {
		for (boolean limited : new boolean[] { true, false }) {
			ConnectionConfig.Builder config = ConnectionConfig.custom().setSocketTimeout(Timeout.ofSeconds(7));
			if (limited) {
				config.setConnectTimeout(Timeout.ofSeconds(9));
			}
			HttpComponentsClientHttpRequestFactory factory = new HttpComponentsClientHttpRequestFactory(
					HttpClients.custom()
						.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
							.setDefaultConnectionConfig(config.build())
							.build())
						.build());
			factory.setReadTimeout(Duration.ofSeconds(3));

			ClientHttpRequestFactory copy = ConnectLimit.of(factory);

			assertThat(copy == factory).isEqualTo(limited);
			assertThat(new DirectFieldAccessor(copy).getPropertyValue("readTimeout")).isEqualTo(3_000L);
		}
	}

	@Test
	void givesUpOnAHostThatDoesNotAnswer() throws Exception {
		try (FullBacklog host = new FullBacklog()) {
			URI uri = URI.create("http://127.0.0.1:" + host.port() + "/");
			for (ClientHttpRequestFactory factory : List.of(new JdkClientHttpRequestFactory(),
					new SimpleClientHttpRequestFactory(), new HttpComponentsClientHttpRequestFactory())) {
				assertThatThrownBy(() -> ConnectLimit.of(factory).createRequest(uri, HttpMethod.GET).execute())
					.isInstanceOf(IOException.class)
					.hasMessageContaining("timed out");
			}
		}
	}

}
