package io.meshup.spring.contract;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.TestMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every kind of client does with the filters of a rule, and with the limits and
 * answers of a policy.
 */
public abstract class FilterContract extends ContractSetting {

	@Test
	void changesTheRequest() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = filtered("""
				{'requestHeaderModifier': {'set': [{'name': 'x-user', 'value': 'bob'}],
				  'add': [{'name': 'x-added', 'value': '1'}], 'remove': ['x-secret']}},
				{'urlRewrite': {'path': {'type': 'ReplacePrefixMatch', 'replacePrefixMatch': '/v2'}}}""",
				backend.port());

		Answer answer = client()
			.call(Ask.get("http://" + service + "/items?a=b%20c").with("x-user", "ann").with("x-secret", "s"));

		assertThat(answer.status()).isEqualTo(200);
		Backend.Request request = backend.requests().get(0);
		assertThat(request.target()).isEqualTo("/v2/items?a=b%20c");
		assertThat(request.headers()).containsEntry("x-user", "bob")
			.containsEntry("x-added", "1")
			.doesNotContainKey("x-secret");
	}

	@Test
	void changesTheResponse() throws Exception {
		Backend backend = backend(Backend.of((request, connection) -> {
			request.drain();
			connection.sendHead(200, "x-secret: s\r\nx-kept: k\r\nContent-Length: 0");
		}));
		String service = filtered("""
				{'responseHeaderModifier': {'set': [{'name': 'x-new', 'value': '1'}], 'remove': ['x-secret']}}""",
				backend.port());

		Answer answer = client().call(Ask.get("http://" + service + "/"));

		assertThat(answer.headers()).containsEntry("x-new", "1")
			.containsEntry("x-kept", "k")
			.doesNotContainKey("x-secret");
	}

	@Test
	void answersARedirectWithoutSending() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = filtered("{'requestRedirect': {'hostname': 'shop.example', 'statusCode': 303}}",
				backend.port());

		Answer answer = client().call(Ask.get("http://" + service + "/items?a=b"));

		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.headers()).containsEntry("location", "http://shop.example/items?a=b");
		assertThat(backend.requests()).isEmpty();
	}

	@Test
	void delaysAndAbortsOnPurpose() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = filtered("""
				{'fault': {'delay': {'percent': 100, 'duration': '60ms'}, 'abort': {'percent': 100, 'status': 418}}}""",
				backend.port());
		long start = System.nanoTime();

		Answer answer = client().call(Ask.post("http://" + service + "/"));

		assertThat(System.nanoTime() - start).isGreaterThan(60_000_000L);
		assertThat(answer.status()).isEqualTo(418);
		assertThat(answer.headers()).containsEntry("x-mesh-reason", "fault");
		assertThat(backend.requests()).isEmpty();
	}

	@Test
	void copiesRequestsWithoutWaiting() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		Backend stalled = backend(Backend.stalling());
		String service = mesh().service(TestMesh
			.rules("""
					Route: 'rules': [{'backendRefs': [{'version': 'v1'}], 'filters': [{'requestMirror': {'version': 'v2'}}]}]"""),
				backend.port(), stalled.port());

		for (int i = 0; i < 3; i++) {
			assertThat(client().call(Ask.post("http://" + service + "/copied")).body()).isEqualTo("hello");
		}

		Awaitility.await().until(() -> stalled.requests().size() == 3);
		assertThat(stalled.requests()).allSatisfy((request) -> assertThat(request.target()).isEqualTo("/copied"));
		assertThat(backend.requests()).hasSize(3);
	}

	@Test
	void bearsADeadMirror() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(TestMesh
			.rules("""
					Route: 'rules': [{'backendRefs': [{'version': 'v1'}], 'filters': [{'requestMirror': {'version': 'v2'}}]}]"""),
				backend.port(), closedPort());

		for (int i = 0; i < 20; i++) {
			assertThat(client().call(Ask.get("http://" + service + "/")).status()).isEqualTo(200);
		}

		assertThat(backend.requests()).hasSize(20);
	}

	@Test
	void answersTheFallbackWhileTheCircuitIsOpen() throws Exception {
		Backend failing = backend(Backend.answering(500, "broken"));
		String service = mesh().service(TestMesh.rules("""
				TrafficPolicy: 'circuitBreaker': {'minimumCalls': 2, 'openDuration': '1m',
				  'fallback': {'contentType': 'text/plain', 'body': 'nothing today'}}"""), failing.port());
		client().call(Ask.get("http://" + service + "/"));
		client().call(Ask.get("http://" + service + "/"));

		Answer answer = client().call(Ask.get("http://" + service + "/"));

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("nothing today");
		assertThat(answer.headers()).contains(Map.entry("content-type", "text/plain"),
				Map.entry("x-mesh-reason", "circuit-open"));
	}

	@Test
	void letsAnswersLeaveTheBulkhead() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(TestMesh.rules("TrafficPolicy: 'bulkhead': {'maxConcurrentCalls': 1}"),
				backend.port());

		// Who counts the bytes knows of the end before it has been said: the place may be
		// free a moment later.
		for (int i = 0; i < 10; i++) {
			Awaitility.await()
				.pollInterval(Duration.ofMillis(1))
				.until(() -> client().call(Ask.get("http://" + service + "/")).status() == 200);
		}
	}

	@Test
	void refusesAtOnceWhatIsBeyondTheBulkhead() throws Exception {
		AtomicReference<CountDownLatch> looked = new AtomicReference<>(new CountDownLatch(1));
		Backend backend = backend(Backend.of((request, connection) -> {
			request.drain();
			if (request.target().equals("/held")) {
				await(looked.get());
			}
			connection.answer(200, "hello");
		}));
		String service = mesh().service(TestMesh.rules("TrafficPolicy: 'bulkhead': {'maxConcurrentCalls': 1}"),
				backend.port());

		// A client that gave the first call up meanwhile has room for the second one.
		Awaitility.await().until(() -> {
			int before = backend.requests().size();
			looked.set(new CountDownLatch(1));
			CompletableFuture<Void> held = inBackground(Ask.get("http://" + service + "/held"));
			Awaitility.await().until(() -> backend.requests().size() > before);
			Answer beyond = client().call(Ask.get("http://" + service + "/"));
			looked.get().countDown();
			// Its own time may have been over.
			held.handle((done, failure) -> done).join();
			return beyond.status() == 503 && "bulkhead-full".equals(beyond.headers().get("x-mesh-reason"));
		});
		Awaitility.await().until(() -> client().call(Ask.get("http://" + service + "/")).status() == 200);
	}

	private CompletableFuture<Void> inBackground(Ask ask) {
		return CompletableFuture.runAsync(() -> {
			try {
				client().call(ask);
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		});
	}

	@Test
	void sendsToTheServiceThatTheRuleNames() throws Exception {
		Backend backend = backend(Backend.answering(200, "other"));
		String other = mesh().service(backend.port());
		String service = mesh()
			.service(TestMesh.rules("Route: 'rules': [{'backendRefs': [{'service': '" + other + "'}]}]"));

		Answer answer = client().call(Ask.get("http://" + service + "/items"));

		assertThat(answer.body()).isEqualTo("other");
		assertThat(backend.requests().get(0).target()).isEqualTo("/items");
	}

	@Test
	void leavesAnInstanceOutThatKeepsFailing() throws Exception {
		Backend failing = backend(Backend.answering(500, "broken"));
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(
				TestMesh.rules("TrafficPolicy: 'outlierDetection': {'consecutiveErrors': 3, 'baseEjectionTime': '5m'}"),
				failing.port(), backend.port());

		for (int i = 0; failing.requests().size() < 3 && i < 200; i++) {
			client().call(Ask.get("http://" + service + "/"));
		}
		for (int i = 0; i < 20; i++) {
			assertThat(client().call(Ask.get("http://" + service + "/")).status()).isEqualTo(200);
		}

		assertThat(failing.requests()).hasSize(3);
	}

	private String filtered(String filters, int port) {
		return mesh().service(TestMesh.rules("Route: 'rules': [{'filters': [" + filters + "]}]"), port);
	}

}
