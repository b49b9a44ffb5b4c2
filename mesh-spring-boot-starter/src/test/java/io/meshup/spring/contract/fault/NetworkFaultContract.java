package io.meshup.spring.contract.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.meshup.spring.contract.ContractSetting;
import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.Callers;
import io.meshup.spring.contract.fixture.TestMesh;
import io.meshup.spring.fault.Fault;
import io.meshup.spring.fault.FaultProxy;
import io.meshup.spring.fault.FullBacklog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a bad network does to a kind of client, through a proxy that misbehaves.
 */
@Timeout(60)
public abstract class NetworkFaultContract extends ContractSetting {

	private static final boolean FULL = Boolean.getBoolean("mesh.full");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final byte[] BAD_CHUNK = "zz\r\nhello\r\n".getBytes(StandardCharsets.ISO_8859_1);

	protected static Stream<Arguments> brokenBodies() {
		return Stream.of(Arguments.of("RST in the middle", Fault.resetAfter(400), "Content-Length: 2000"),
				Arguments.of("end before the Content-Length", Fault.endAfter(400), "Content-Length: 2000"),
				Arguments.of("end before the last chunk", Fault.endAfter(400), "Transfer-Encoding: chunked"),
				Arguments.of("bad chunk", Fault.nonsenseAfter(77, BAD_CHUNK), "Transfer-Encoding: chunked"));
	}

	// T83
	@ParameterizedTest(name = "{0}")
	@MethodSource("brokenBodies")
	void throwsWhenABodyBreaksAndLeavesItsConnection(String name, Fault fault, String header) throws Exception {
		Backend backend = backend(Backend.of((request, connection) -> {
			connection.sendHead(200, header);
			connection.output()
				.write((header.startsWith("C") ? "x".repeat(2000) : "7d0\r\n" + "x".repeat(2000) + "\r\n0\r\n\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
		}));
		FaultProxy proxy = proxy(backend).set(fault);
		String service = mesh().service(proxy.port());

		assertBroken(Ask.get("http://" + service + "/"));
		assertThat(backend.requests()).as("sent once, since a part was delivered").hasSize(1);

		proxy.set(Fault.NONE);
		assertThat(client().call(Ask.get("http://" + service + "/")).body()).hasSize(2000);
		assertThat(proxy.accepted()).as("the broken connection is not used again").isEqualTo(2);
		Awaitility.await().untilAsserted(() -> assertThat(inFlight(service)).isZero());
	}

	// T83
	@Test
	void letsGoOfABodyThatDrips() throws Exception {
		Backend backend = backend(Backend.answering(200, "x".repeat(100)));
		FaultProxy proxy = proxy(backend);
		String service = mesh().service(proxy.port());
		proxy.set(Fault.drip(Duration.ofMillis(5)));

		try (InputStream body = client().open("http://" + service + "/")) {
			assertThat(body.read()).isEqualTo('x');
		}
		catch (IOException ex) {
			// Some clients say that the body did not come to its end.
		}

		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(inFlight(service)).isZero());
		assertThat(backend.requests()).hasSize(1);
	}

	// T7
	@Test
	void goesElsewhereWhenAnotherServiceHasTheAddress() throws Exception {
		Backend stranger = backend(Backend.of((request, connection) -> {
			request.drain();
			connection.sendHead(421, "x-mesh-reason: wrong-instance\r\nContent-Length: 0");
		}));
		Backend backend = backend(Backend.answering(200, "hello"));

		for (int i = 0; i < 5; i++) {
			String service = mesh().service(stranger.port(), backend.port());
			assertThat(client().call(Ask.get("http://" + service + "/")).body()).isEqualTo("hello");
			assertThat(client().call(Ask.post("http://" + service + "/")).body()).isEqualTo("hello");
			assertThat(backend.requests().get(0).headers()).containsEntry("x-mesh-target",
					service + "@127.0.0.1:" + backend.port());
			backend.requests().clear();
		}
		String alone = mesh().service(stranger.port());
		Answer answer = client().call(Ask.get("http://" + alone + "/"));
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.headers()).containsEntry("x-mesh-reason", "no-instance");
	}

	// T95
	@Test
	void losesNothingToAMirrorThatIsDeadOrSilent() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		Backend silent = backend(Backend.stalling());
		for (int port : new int[] { silent.port(), closedPort() }) {
			String service = mesh().service(
					TestMesh.rules("Route: 'rules': [{'backendRefs': [{'version': 'v1'}], "
							+ "'filters': [{'requestMirror': {'version': 'v2', 'percent': 100}}]}]"),
					backend.port(), port);
			backend.requests().clear();
			long start = System.nanoTime();
			for (int i = 0; i < 100; i++) {
				assertThat(client().call(Ask.get("http://" + service + "/")).status()).isEqualTo(200);
			}

			assertThat(backend.requests()).as("each call once").hasSize(100);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as("nobody waits for the mirror")
				.isLessThan(Duration.ofSeconds(15));
			assertThat(mesh().engine().services().view(service).ejected()).isEmpty();
		}
		Awaitility.await().atMost(PATIENCE).until(() -> !silent.requests().isEmpty());
	}

	// T82: a firewall that drops whoever knocks.
	@Test
	void losesNoCallToAHostThatLetsNobodyIn() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		FullBacklog host = keep(new FullBacklog());
		for (int i = 0; i < 3; i++) {
			String service = mesh().service(host.port(), backend.port());
			for (int j = 0; j < 4; j++) {
				assertThat(client().call(Ask.get("http://" + service + "/")).body()).isEqualTo("hello");
				assertThat(client().call(Ask.post("http://" + service + "/")).body()).isEqualTo("hello");
			}
		}
	}

	// T82
	@Test
	void losesNoGetWhenOpenConnectionsGoSilent() throws Exception {
		Backend first = backend(Backend.answering(200, "first"));
		Backend second = backend(Backend.answering(200, "second"));
		FaultProxy proxy = proxy(first);
		String service = mesh().service(TestMesh.rules(
				"Route: 'rules': [{'timeouts': {'backendRequest': '600ms'}, 'retry': {'on': ['timeout']}}]",
				"TrafficPolicy: 'outlierDetection': {'baseEjectionTime': '1s'}, 'retryBudget': {'percent': 50, 'minPerSecond': 20}"),
				proxy.port(), second.port());
		try (Callers callers = Callers.start(8, () -> client().call(Ask.get("http://" + service + "/")))) {
			Awaitility.await().atMost(PATIENCE).until(() -> proxy.open() > 2 && callers.calls() > 200);

			proxy.set(Fault.SILENCE);
			long silent = System.nanoTime();
			Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> isOut(service, "i1"));
			Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
			System.out.printf("T82 %s: last request into a silent connection %d ms after the silence began%n",
					getClass().getSimpleName(), (proxy.lastRequest() - silent) / 1_000_000);
			assertThat(Duration.ofNanos(proxy.lastRequest() - silent))
				.isLessThan(Duration.ofMillis(600 + (FULL ? 1_000 : 5_000)));

			proxy.setForNew(Fault.NONE);
			int served = first.requests().size();
			Awaitility.await("back on new connections")
				.atMost(PATIENCE)
				.until(() -> first.requests().size() > served + 50);
			assertThat(callers.finish().failures()).isEmpty();
		}
	}

	// T84. Every second call meets the race, which no budget of retries is made for.
	@Test
	@Timeout(900)
	void losesNoGetAndRepeatsNoPostWhenKeptConnectionsAreClosed() throws Exception {
		Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
		Backend backend = backend(Backend.of((request, connection) -> {
			request.drain();
			seen.computeIfAbsent(request.headers().getOrDefault("x-id", ""), (id) -> new AtomicInteger())
				.incrementAndGet();
			connection.answer(200, "hello");
		}));
		FaultProxy proxy = proxy(backend).closeIdleAfter(Duration.ofMillis(4));
		String service = mesh().service(
				TestMesh.rules("TrafficPolicy: 'retryBudget': {'percent': 100, 'minPerSecond': 1000}"), proxy.port());
		Map<String, Integer> failures = new HashMap<>();
		int calls = FULL ? 10_000 : 250;

		for (int i = 0; i < calls; i++) {
			LockSupport.parkNanos(3_000_000 + ThreadLocalRandom.current().nextInt(2_000_000));
			Ask ask = (i % 2 == 0) ? Ask.get("http://" + service + "/") : Ask.post("http://" + service + "/");
			try {
				int status = client().call(ask.with("x-id", ask.method() + i)).status();
				if (status != 200) {
					throw new IOException("answered " + status);
				}
			}
			catch (Exception ex) {
				failures.merge(ask.method().equals("GET") ? "GET " + ex + ", " + ex.getCause() : "POST", 1,
						Integer::sum);
			}
		}

		System.out.printf("T84 %s: %d calls, %d connections, failed %s%n", getClass().getSimpleName(), calls,
				proxy.accepted(), failures);
		assertThat(failures.keySet()).isSubsetOf("POST");
		seen.entrySet().removeIf((each) -> each.getKey().startsWith("GET"));
		assertThat(seen.values()).allSatisfy((count) -> assertThat(count).hasValue(1));
	}

	/**
	 * Makes a call whose answer breaks off.
	 */
	protected void assertBroken(Ask ask) {
		assertThatThrownBy(() -> client().call(ask)).isInstanceOf(Exception.class);
	}

	private FaultProxy proxy(Backend backend) throws IOException {
		return keep(FaultProxy.to(backend.port()));
	}

	private boolean isOut(String service, String id) {
		return mesh().engine().services().view(service).ejected().contains(id);
	}

	private int inFlight(String service) {
		return mesh().engine().services().view(service).inFlight();
	}

}
