package io.meshup.spring.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The contract through WebClient.
 *
 * @param client the client
 */
record WebClientCalls(WebClient client) implements ContractClient {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Override
	public Answer call(Ask ask) {
		WebClient.RequestBodySpec request = this.client.method(HttpMethod.valueOf(ask.method()))
			.uri(URI.create(ask.url()))
			.headers((headers) -> ask.headers().forEach(headers::add));
		if (ask.body() != null) {
			request.bodyValue(ask.body());
		}
		if (ask.stream() != null) {
			request.body(DataBufferUtils.readInputStream(ask.stream()::get, new DefaultDataBufferFactory(), 16 * 1024),
					DataBuffer.class);
		}
		return Objects.requireNonNull(
				request
					.exchangeToMono((response) -> response.bodyToMono(byte[].class)
						.defaultIfEmpty(new byte[0])
						.map((body) -> Answer.of(response.statusCode().value(),
								(headers) -> response.headers()
									.asHttpHeaders()
									.forEach((name, values) -> headers.accept(name, values.get(0))),
								body)))
					.block(LIMIT));
	}

	@Override
	public InputStream open(String url) throws IOException {
		PipedInputStream body = new PipedInputStream(64);
		PipedOutputStream pipe = new PipedOutputStream(body);
		Flux<DataBuffer> buffers = this.client.get().uri(url).retrieve().bodyToFlux(DataBuffer.class);
		DataBufferUtils.write(buffers.publishOn(Schedulers.boundedElastic()), pipe)
			.doOnNext(DataBufferUtils::release)
			.doFinally((signal) -> close(pipe))
			.subscribe();
		return body;
	}

	private static void close(PipedOutputStream pipe) {
		try {
			pipe.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
