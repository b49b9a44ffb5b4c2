package io.meshup.spring.contract.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import feign.Response;
import feign.RetryableException;
import io.meshup.spring.contract.ClientAdapterContract;
import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.TestMesh;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.openfeign.FeignClientBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * OpenFeign as Spring Cloud builds it, on its own client.
 */
class FeignContractTests extends ClientAdapterContract {

	@Override
	protected Class<?> configuration() {
		return MeshClients.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new Calls(
				new FeignClientBuilder(context).forType(Api.class, "contract").url("http://localhost").build());
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return RetryableException.class;
	}

	@Override
	protected boolean streamsUploads() {
		return false;
	}

	@Test
	void connectsNoLongerThanTheAttemptMayTake() throws Exception {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket one = new Socket();
				Socket other = new Socket()) {
			one.connect(full.getLocalSocketAddress(), 1_000);
			other.connect(full.getLocalSocketAddress(), 1_000);
			String service = mesh().service(
					TestMesh
						.rules("Route: 'rules': [{'timeouts': {'backendRequest': '300ms'}, 'retry': {'attempts': 0}}]"),
					full.getLocalPort());
			ContractClient client = client(context());
			long start = System.nanoTime();

			assertThatThrownBy(() -> client.call(Ask.get("http://" + service + "/"))).isInstanceOf(ioError());

			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
		}
	}

	interface Api {

		@GetMapping
		Response get(URI url, @RequestHeader Map<String, Object> headers);

		@PostMapping
		Response post(URI url, @RequestHeader Map<String, Object> headers, @RequestBody byte[] body);

		@PutMapping
		Response put(URI url, @RequestHeader Map<String, Object> headers, @RequestBody byte[] body);

	}

	private record Calls(Api api) implements ContractClient {

		@Override
		public Answer call(Ask ask) throws IOException {
			try (Response response = send(ask)) {
				return Answer.of(response.status(),
						(headers) -> response.headers()
							.forEach((name, values) -> headers.accept(name, values.iterator().next())),
						(response.body() != null) ? response.body().asInputStream().readAllBytes() : null);
			}
		}

		private Response send(Ask ask) {
			URI url = URI.create(ask.url());
			Map<String, Object> headers = Map.copyOf(ask.headers());
			byte[] body = (ask.body() != null) ? ask.body() : new byte[0];
			return switch (ask.method()) {
				case "POST" -> this.api.post(url, headers, body);
				case "PUT" -> this.api.put(url, headers, body);
				default -> this.api.get(url, headers);
			};
		}

		@Override
		public InputStream open(String url) throws IOException {
			return send(Ask.get(url)).body().asInputStream();
		}

	}

}
