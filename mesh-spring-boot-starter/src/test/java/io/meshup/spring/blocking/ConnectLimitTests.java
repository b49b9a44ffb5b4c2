package io.meshup.spring.blocking;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
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
		assertThat(copied.connectTimeout()).contains(ConnectLimit.TIMEOUT);
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
	void givesUpOnAHostThatDoesNotAnswer() throws Exception {
		try (FullBacklog host = new FullBacklog()) {
			URI uri = URI.create("http://127.0.0.1:" + host.port() + "/");
			for (ClientHttpRequestFactory factory : List.of(new JdkClientHttpRequestFactory(),
					new SimpleClientHttpRequestFactory())) {
				assertThatThrownBy(() -> ConnectLimit.of(factory).createRequest(uri, HttpMethod.GET).execute())
					.isInstanceOf(IOException.class)
					.hasMessageContaining("timed out");
			}
		}
	}

	/**
	 * Accepts nobody: with its queue full the kernel drops what knocks.
	 */
	private static final class FullBacklog implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

		private final List<Socket> waiting = new ArrayList<>();

		FullBacklog() throws IOException {
			for (int i = 0; i < 8; i++) {
				Socket socket = new Socket();
				this.waiting.add(socket);
				try {
					socket.connect(this.server.getLocalSocketAddress(), 100);
				}
				catch (IOException ex) {
					return;
				}
			}
		}

		int port() {
			return this.server.getLocalPort();
		}

		@Override
		public void close() throws IOException {
			for (Socket socket : this.waiting) {
				socket.close();
			}
			this.server.close();
		}

	}

}
