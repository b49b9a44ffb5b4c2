package io.meshup.spring.contract;

import java.io.InputStream;
import java.net.URI;
import java.util.Objects;

import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;

/**
 * The contract through RestClient.
 *
 * @param client the client
 */
record RestClientCalls(RestClient client) implements ContractClient {

	@Override
	public Answer call(Ask ask) {
		RestClient.RequestBodySpec request = this.client.method(HttpMethod.valueOf(ask.method()))
			.uri(URI.create(ask.url()))
			.headers((headers) -> ask.headers().forEach(headers::add));
		if (ask.body() != null) {
			request.body(ask.body());
		}
		if (ask.stream() != null) {
			request.body((output) -> ask.stream().get().transferTo(output));
		}
		return Objects.requireNonNull(request.exchange((sent, response) -> Answer.of(response.getStatusCode().value(),
				(headers) -> response.getHeaders().forEach((name, values) -> headers.accept(name, values.get(0))),
				response.getBody().readAllBytes())));
	}

	@Override
	public InputStream open(String url) {
		return Objects
			.requireNonNull(this.client.get().uri(url).exchange((sent, response) -> response.getBody(), false));
	}

}
