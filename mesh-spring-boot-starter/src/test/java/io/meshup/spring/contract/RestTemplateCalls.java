package io.meshup.spring.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestTemplate;

/**
 * The contract through RestTemplate.
 *
 * @param template the template, whose error handler lets every status pass
 */
record RestTemplateCalls(RestTemplate template) implements ContractClient {

	@Override
	public Answer call(Ask ask) {
		return Objects.requireNonNull(this.template.execute(URI.create(ask.url()), HttpMethod.valueOf(ask.method()),
				(request) -> write(ask, request), RestTemplateCalls::read));
	}

	private static void write(Ask ask, ClientHttpRequest request) throws IOException {
		ask.headers().forEach(request.getHeaders()::add);
		if (ask.body() != null) {
			request.getBody().write(ask.body());
		}
		if (ask.stream() != null && request instanceof StreamingHttpOutputMessage streaming) {
			streaming.setBody((output) -> ask.stream().get().transferTo(output));
		}
	}

	private static Answer read(ClientHttpResponse response) throws IOException {
		return Answer.of(response.getStatusCode().value(),
				(headers) -> response.getHeaders().forEach((name, values) -> headers.accept(name, values.get(0))),
				response.getBody().readAllBytes());
	}

	/**
	 * RestTemplate closes the response when its extractor returns, so that the body is
	 * read within.
	 */
	@Override
	public InputStream open(String url) throws Exception {
		PipedInputStream body = new PipedInputStream(64);
		PipedOutputStream pipe = new PipedOutputStream(body);
		ExecutorService executor = Executors.newSingleThreadExecutor();
		executor.execute(
				() -> this.template.execute(URI.create(url), HttpMethod.GET, null, (response) -> copy(response, pipe)));
		executor.shutdown();
		return body;
	}

	private static @Nullable Void copy(ClientHttpResponse response, PipedOutputStream pipe) throws IOException {
		try (pipe) {
			response.getBody().transferTo(pipe);
		}
		return null;
	}

}
