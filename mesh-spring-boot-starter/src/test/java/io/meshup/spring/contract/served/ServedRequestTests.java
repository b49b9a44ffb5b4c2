package io.meshup.spring.contract.served;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.spring.FakeRegistry;
import io.meshup.spring.RunningApplication;
import io.meshup.spring.contract.fixture.Backend;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request brings along, through two real applications, a servlet and a reactive
 * one, to a third service: on every way from thread to thread, and over each hop.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ServedRequestTests {

	private static final String STICKY = """
			{"apiVersion": "meshup.io/v1", "kind": "Route", "metadata": {"name": "catalog", "revision": 12},
			 "spec": {"service": "catalog", "rules": [{"sticky": {"header": "x-user"},
			  "backendRefs": [{"version": "v1", "weight": 1}, {"version": "v2", "weight": 1}]}]}}""";

	private final Backend base;

	private final Backend blue;

	private final Backend stalled;

	private final FakeRegistry registry;

	private RunningApplication orders;

	private RunningApplication pricing;

	@SuppressWarnings("NullAway")
	ServedRequestTests() throws Exception {
		this.base = Backend.answering(200, "base");
		this.blue = Backend.answering(200, "blue");
		this.stalled = Backend.stalling();
		this.registry = new FakeRegistry();
	}

	@BeforeAll
	void start(@TempDir Path cache) throws Exception {
		this.registry.publish(FakeRegistry.snapshot("inventory", 10, List
			.of(instance("base", this.base.port(), "v1", null), instance("blue", this.blue.port(), "v1", "blue"))));
		this.registry
			.publish(FakeRegistry.snapshot("slow", 11, List.of(instance("s", this.stalled.port(), "v1", null))));
		this.registry.publish(FakeRegistry.snapshot("catalog", 12,
				List.of(instance("c1", this.base.port(), "v1", null), instance("c2", this.blue.port(), "v2", null)),
				STICKY));
		this.pricing = RunningApplication.startAs("pricing", ReactiveShop.class, WebApplicationType.REACTIVE,
				cache.resolve("pricing"), "mesh.registry.watch=used", "mesh.registry.urls=" + this.registry.url());
		this.registry
			.publish(FakeRegistry.snapshot("pricing", 13, List.of(instance("p", this.pricing.port(), "v1", null))));
		this.orders = RunningApplication.start(ServletShop.class, WebApplicationType.SERVLET, cache.resolve("orders"),
				"spring.task.execution.mode=force", "spring.http.clients.imperative.factory=jdk",
				"mesh.registry.watch=used", "mesh.registry.urls=" + this.registry.url());
		Awaitility.await().until(() -> this.orders.get("/chain").body().equals("base"));
	}

	@AfterAll
	void stop() throws Exception {
		this.orders.close();
		this.pricing.close();
		this.registry.close();
		this.base.close();
		this.blue.close();
		this.stalled.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/direct", "/async", "/future", "/callable", "/mono", "/blocked", "/pool/pool",
			"/pool/simple", "/pool/jdk", "/pool/taskScheduler", "/pool/simpleScheduler", "/chain" })
	void staysInItsLaneInAServletApplication(String path) throws Exception {
		assertThat(this.orders.get(path, "x-mesh-lane", "blue").body()).isEqualTo("blue");
		assertThat(this.orders.get(path, "baggage", "mesh.lane=blue").body()).isEqualTo("blue");
		assertThat(this.orders.get(path).body()).isEqualTo("base");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/direct", "/delayed", "/published", "/zipped" })
	void staysInItsLaneInAReactiveApplication(String path) throws Exception {
		assertThat(this.pricing.get(path, "x-mesh-lane", "blue").body()).isEqualTo("blue");
		assertThat(this.pricing.get(path).body()).isEqualTo("base");
	}

	// The first service does not know the route yet by which the last one is split.
	@Test
	void keepsAUserOnOneVersionThroughTheChain() throws Exception {
		Map<String, String> versions = new TreeMap<>();
		for (int i = 0; i < 16; i++) {
			String user = "user-" + i;
			versions.put(user, this.orders.get("/chain?service=catalog", "x-user", user).body());
		}

		for (Map.Entry<String, String> seen : versions.entrySet()) {
			assertThat(this.orders.get("/direct?service=catalog", "x-user", seen.getKey()).body())
				.isEqualTo(seen.getValue());
		}
		assertThat(versions.values()).containsOnly("base", "blue").contains("base", "blue");
	}

	@Test
	void refusesExpiredWorkBeforeItIsDone() throws Exception {
		int before = this.base.requests().size();

		for (RunningApplication each : List.of(this.orders, this.pricing)) {
			HttpResponse<String> answer = each.get("/direct", "x-mesh-timeout", "0");
			assertThat(answer.statusCode()).isEqualTo(504);
			assertThat(answer.headers().firstValue("x-mesh-reason")).contains("deadline");
		}

		assertThat(this.base.requests()).hasSize(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/status", "/chain-status" })
	void cutsCallsToWhatIsLeft(String path) throws Exception {
		long start = System.nanoTime();

		String answer = this.orders.get(path + "?service=slow", "x-mesh-timeout", "500").body();

		assertThat(answer).isEqualTo("504 deadline");
		assertThat(System.nanoTime() - start).isBetween(400_000_000L, 8_000_000_000L);
		assertThat(this.stalled.requests()).allSatisfy(
				(request) -> assertThat(Integer.parseInt(request.headers().get("x-mesh-timeout"))).isBetween(1, 500));
	}

	@Test
	void hasNoDeadlineForWorkAfterTheAnswer() throws Exception {
		ServletShop shop = this.orders.context().getBean(ServletShop.class);

		assertThat(this.orders.get("/afterwards", "x-mesh-timeout", "2000", "x-mesh-lane", "blue").body())
			.isEqualTo("accepted");

		Awaitility.await().until(() -> shop.afterwards() != null);
		assertThat(shop.afterwards()).isEqualTo("blue");
		assertThat(this.blue.requests().get(this.blue.requests().size() - 1).headers())
			.doesNotContainKey("x-mesh-timeout");
	}

	private static Instance instance(String id, int port, String version, @Nullable String lane) {
		return new Instance(id, "127.0.0.1", port, "http", version, "default", lane, 100, InstanceStatus.UP, Map.of());
	}

}
