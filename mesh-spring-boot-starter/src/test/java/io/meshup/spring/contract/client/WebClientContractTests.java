package io.meshup.spring.contract.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.spring.contract.ClientAdapterContract;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.TestMesh;
import io.meshup.spring.contract.fixture.WebClientCalls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * WebClient as Boot builds it, on Reactor Netty.
 */
class WebClientContractTests extends ClientAdapterContract {

	@Override
	protected Class<?> configuration() {
		return MeshClients.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new WebClientCalls(webClient(context));
	}

	WebClient webClient(AnnotationConfigApplicationContext context) {
		return context.getBean(WebClient.Builder.class).build();
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return WebClientRequestException.class;
	}

	// T92
	@Test
	void endsTheAttemptWhenTheCallIsCancelled() throws Exception {
		AtomicLong ended = new AtomicLong();
		Backend stalled = backend(Backend.of((request, connection) -> {
			connection.awaitEnd();
			ended.set(System.nanoTime());
		}));
		String service = mesh().service(stalled.port());
		List<Long> nanos = new ArrayList<>();

		for (int i = 1; i <= 9; i++) {
			int due = i;
			ended.set(0);
			Disposable call = webClient(context()).get()
				.uri("http://" + service + "/")
				.retrieve()
				.toBodilessEntity()
				.subscribe();
			Awaitility.await().until(() -> stalled.requests().size() == due);
			long gone = System.nanoTime();
			call.dispose();
			Awaitility.await().until(() -> ended.get() != 0);
			nanos.add(ended.get() - gone);
		}

		assertEndedSoon("the caller was gone", nanos);
		assertThat(mesh().engine().services().view(service).inFlight()).isZero();
		assertThat(stalled.requests()).hasSize(9);
	}

	@Test
	void doesNotWaitForTheEndOfABodyThatItThrowsAway() throws Exception {
		Backend trickling = backend(Backend.of((request, connection) -> {
			connection.sendHead(503, "Content-Length: 1000");
			connection.awaitEnd();
		}));
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(TestMesh.rules("Route: 'rules': [{'retry': {'codes': [503]}}]"),
				trickling.port(), backend.port());

		for (int i = 0; trickling.requests().isEmpty() && i < 50; i++) {
			ResponseEntity<String> answer = webClient(context()).get()
				.uri("http://" + service + "/")
				.retrieve()
				.toEntity(String.class)
				.block(Duration.ofSeconds(30));

			assertThat(answer).extracting(ResponseEntity::getBody).isEqualTo("hello");
		}
		assertThat(trickling.requests()).isNotEmpty();
	}

	@Test
	void releasesTheCallWhenTheBodyIsCancelled() throws Exception {
		Backend endless = backend(Backend.of((request, connection) -> {
			connection.sendHead(200, "Content-Length: 1000000000");
			byte[] block = new byte[10_000];
			for (int i = 0; i < 100_000; i++) {
				connection.output().write(block);
			}
		}));
		String service = mesh().service(endless.port());

		byte[] first = webClient(context()).get()
			.uri("http://" + service + "/")
			.retrieve()
			.bodyToFlux(byte[].class)
			.next()
			.block(Duration.ofSeconds(30));

		assertThat(first).isNotEmpty();
		Awaitility.await().untilAsserted(() -> assertThat(mesh().calls(service)).hasSize(1));
	}

}
