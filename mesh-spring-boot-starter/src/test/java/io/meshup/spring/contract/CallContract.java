package io.meshup.spring.contract;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.Source;
import io.meshup.spring.contract.fixture.TestMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every way into the mesh does with a call: clients of all kinds, and the gateway.
 * Who extends it brings a configuration and a {@code ContractClient}, nothing else.
 */
public abstract class CallContract extends TimeContract {

	@Test
	void findsAnInstanceByTheNameOfItsService() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(backend.port());

		Answer answer = client().call(Ask.get("http://" + service + "/items/7?a=b%20c&d=e").with("x-user", "ann"));

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("hello");
		Backend.Request request = backend.requests().get(0);
		assertThat(request.target()).isEqualTo("/items/7?a=b%20c&d=e");
		assertThat(request.headers()).containsEntry("x-user", "ann")
			.containsEntry("x-mesh-source", "storefront")
			.containsEntry("Host", "127.0.0.1:" + backend.port());
	}

	@Test
	void makesEachCallExactlyOnce() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(backend.port());

		client().call(Ask.post("http://" + service + "/items"));
		client().call(Ask.get("http://" + service + "/items"));

		assertThat(backend.requests()).hasSize(2);
		Awaitility.await().untilAsserted(() -> assertThat(mesh().calls(service)).hasSize(2));
	}

	@Test
	void splitsByVersion() throws Exception {
		Backend first = backend(Backend.answering(200, "v1"));
		Backend second = backend(Backend.answering(200, "v2"));
		String service = mesh().service(TestMesh.rules("""
				Route: 'rules': [{'matches': [{'headers': [{'name': 'x-beta', 'value': '1'}]}],
				  'backendRefs': [{'version': 'v2'}]},
				 {'backendRefs': [{'version': 'v1', 'weight': 50}, {'version': 'v2', 'weight': 50}]}]"""), first.port(),
				second.port());

		for (int i = 0; i < 60; i++) {
			client().call(Ask.get("http://" + service + "/"));
		}
		Answer beta = client().call(Ask.get("http://" + service + "/").with("x-beta", "1"));

		assertThat(first.requests()).hasSizeBetween(10, 50);
		assertThat(second.requests()).hasSizeBetween(11, 51);
		assertThat(beta.body()).isEqualTo("v2");
	}

	@Test
	void callsAnotherInstanceWhenAConnectionIsRefused() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));

		for (int i = 0; i < 5; i++) {
			String service = mesh().service(closedPort(), backend.port());
			assertThat(client().call(Ask.get("http://" + service + "/")).status()).isEqualTo(200);
			assertThat(client().call(Ask.post("http://" + service + "/")).status()).isEqualTo(200);
		}

		assertThat(backend.requests()).hasSize(10);
	}

	@Test
	void repeatsAGetElsewhereWhenTheConnectionBreaks() throws Exception {
		Backend broken = backend(Backend.resetting());
		Backend backend = backend(Backend.answering(200, "hello"));

		for (int i = 0; i < 10; i++) {
			String service = mesh().service(broken.port(), backend.port());
			assertThat(client().call(Ask.get("http://" + service + "/")).status()).isEqualTo(200);
			assertThat(client().call(Ask.put("http://" + service + "/")).status()).isEqualTo(200);
		}

		assertThat(broken.requests()).isNotEmpty();
	}

	@Test
	void neverSendsAPostTwice() throws Exception {
		Backend broken = backend(Backend.resetting());
		String service = mesh().service(broken.port(), broken.port());

		assertBreaks(Ask.post("http://" + service + "/"));

		assertThat(broken.requests()).hasSize(1);
	}

	@Test
	void neverSendsAPostTwiceOnAConnectionThatWasKept() throws Exception {
		Backend backend = backend(Backend.of((request, connection) -> {
			request.drain();
			if (request.method().equals("POST")) {
				connection.reset();
			}
			else {
				connection.answer(200, "hello");
			}
		}));
		String service = mesh().service(backend.port());
		client().call(Ask.get("http://" + service + "/"));

		assertBreaks(Ask.post("http://" + service + "/"));

		assertThat(backend.requests()).extracting(Backend.Request::method).containsExactly("GET", "POST");
	}

	@Test
	void repeatsOnTheStatusThatTheRuleNames() throws Exception {
		Backend failing = backend(Backend.answering(503, "busy"));
		Backend backend = backend(Backend.answering(200, "hello"));

		for (int i = 0; i < 5; i++) {
			String service = mesh().service(TestMesh.rules("Route: 'rules': [{'retry': {'codes': [503]}}]"),
					failing.port(), backend.port());
			assertThat(client().call(Ask.get("http://" + service + "/")).status()).isEqualTo(200);
		}
	}

	@Test
	void deliversAStatusThatNoRuleNames() throws Exception {
		Backend failing = backend(Backend.answering(503, "busy"));
		String service = mesh().service(failing.port());

		Answer answer = client().call(Ask.get("http://" + service + "/"));

		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.body()).isEqualTo("busy");
		assertThat(answer.headers()).doesNotContainKey("x-mesh-reason");
		assertThat(failing.requests()).hasSize(1);
	}

	@Test
	void answers503WhereNoInstanceIsLeft() throws Exception {
		String service = mesh().service(TestMesh.rules("Route: 'rules': [{'name': 'all'}]"));

		Answer answer = client().call(Ask.get("http://" + service + "/"));

		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.headers()).containsEntry("x-mesh-reason", "no-instance");
		assertThat(answer.headers().get("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.body()).contains(service);
	}

	@Test
	void answers503WhileTheCircuitIsOpen() throws Exception {
		Backend failing = backend(Backend.answering(500, "broken"));
		String service = mesh().service(TestMesh.rules(
				"TrafficPolicy: 'circuitBreaker': {'minimumCalls': 4, 'failureRatePercent': 50, 'openDuration': '30s'}"),
				failing.port());

		Awaitility.await().pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
			Answer answer = client().call(Ask.get("http://" + service + "/"));
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.headers()).containsEntry("x-mesh-reason", "circuit-open");
		});
	}

	@Test
	void streamsALargeUpload() throws Exception {
		assumeTrue(streamsUploads());
		Source source = new Source(64 * 1024 * 1024);
		CountDownLatch looked = new CountDownLatch(1);
		Backend backend = backend(Backend.of((request, connection) -> {
			await(looked);
			connection.answer(200, Long.toString(request.drain()));
		}));
		String service = mesh().service(backend.port());
		ExecutorService executor = Executors.newSingleThreadExecutor();

		Future<Answer> answer = executor
			.submit(() -> client().call(Ask.upload("http://" + service + "/", () -> source)));
		Awaitility.await().until(() -> !backend.requests().isEmpty());
		Awaitility.await().during(Duration.ofMillis(200)).until(source::consumed, (read) -> read < 32 * 1024 * 1024);
		looked.countDown();

		assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo(Integer.toString(source.size()));
		executor.shutdown();
	}

	@Test
	void streamsAResponse() throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		Backend backend = backend(Backend.of((request, connection) -> {
			connection.sendHead(200, "Content-Length: 20000");
			connection.output().write("a".repeat(10_000).getBytes(StandardCharsets.UTF_8));
			connection.output().flush();
			await(read);
			connection.output().write("b".repeat(10_000).getBytes(StandardCharsets.UTF_8));
			connection.output().flush();
		}));
		String service = mesh().service(backend.port());

		try (InputStream body = client().open("http://" + service + "/")) {
			assertThat(body.read()).isEqualTo('a');
			read.countDown();
			assertThat(body.readAllBytes()).hasSize(19_999);
		}

		Awaitility.await().untilAsserted(() -> assertThat(mesh().calls(service)).hasSize(1));
	}

	@Test
	void makesCallsAtTheSameTime() throws Exception {
		Backend first = backend(Backend.answering(200, "hello"));
		Backend second = backend(Backend.answering(200, "hello"));
		String service = mesh().service(first.port(), second.port());
		ExecutorService executor = Executors.newFixedThreadPool(8);
		List<Future<Answer>> answers = new ArrayList<>();

		for (int i = 0; i < 100; i++) {
			answers.add(executor.submit(() -> client().call(Ask.post("http://" + service + "/"))));
		}
		for (Future<Answer> answer : answers) {
			assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
		}

		executor.shutdown();
		assertThat(first.requests().size() + second.requests().size()).isEqualTo(100);
		assertThat(first.requests()).isNotEmpty();
		assertThat(second.requests()).isNotEmpty();
	}

	@Test
	void carriesTheTraceToEachAttempt() throws Exception {
		Backend broken = backend(Backend.resetting());
		Backend backend = backend(Backend.answering(200, "hello"));
		String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

		for (int i = 0; i < 10; i++) {
			String service = mesh().service(broken.port(), backend.port());
			client().call(Ask.get("http://" + service + "/").with("traceparent", trace));
		}

		assertThat(broken.requests()).isNotEmpty()
			.allSatisfy((request) -> assertThat(request.headers()).containsEntry("traceparent", trace));
		assertThat(backend.requests()).hasSize(10)
			.allSatisfy((request) -> assertThat(request.headers()).containsEntry("traceparent", trace));
	}

	@Test
	void explainsACallThatAsksForIt() throws Exception {
		Backend busy = backend(Backend.answering(503, "busy"));
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(TestMesh.rules("""
				Route: 'rules': [{'name': 'all', 'retry': {'attempts': 1, 'codes': [503], 'backoff': '1ms'}}]"""),
				busy.port(), backend.port());

		List<String> told = new ArrayList<>();
		for (int i = 0; busy.requests().isEmpty() && i < 50; i++) {
			Answer answer = client().call(Ask.get("http://" + service + "/").with("x-mesh-explain", "1"));
			assertThat(answer.status()).isEqualTo(200);
			told.add(answer.headers().get("x-mesh-explain"));
		}
		Answer plain = client().call(Ask.get("http://" + service + "/"));

		assertThat(told.get(told.size() - 1)).contains("\"rule\":\"Route/" + service + "\"")
			.contains("\"name\":\"all\"")
			.contains("\"outcome\":\"503\"")
			.contains("\"outcome\":\"200\"")
			.contains("{\"id\":\"i1\",\"version\":\"v1\",\"out\":\"tried\"}");
		assertThat(plain.headers()).doesNotContainKey("x-mesh-explain");
	}

}
