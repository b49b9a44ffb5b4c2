package io.meshup.traffic;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundCall}: its order, its retries, its refusals.
 */
class OutboundCallTests {

	private static final String RETRY_ALL = "{\"retry\":{\"attempts\":3,\"codes\":[503],"
			+ "\"on\":[\"connect-failure\",\"reset\",\"timeout\"],\"backoff\":\"20ms\"}}";

	private final TestMesh mesh = new TestMesh();

	@Test
	void sendsToAnInstanceAndDeliversItsAnswer() {
		this.mesh.up("a");
		OutboundCall call = this.mesh.open();

		Step.Send send = (Step.Send) call.begin();

		assertThat(send.service()).isEqualTo("inventory");
		assertThat(send.instance().id()).isEqualTo("a");
		assertThat(send.headers()).containsEntry("x-mesh-source", "storefront");
		assertThat(send.timeout()).isZero();
		assertThat(send.attempt()).isEqualTo(1);
		assertThat(call.onHead(200, (name) -> null)).isInstanceOf(Step.Deliver.class);
		assertThat(this.mesh.attempts).singleElement().satisfies((result) -> {
			assertThat(result.status()).isEqualTo(200);
			assertThat(result.failure()).isNull();
		});
		assertThat(this.mesh.calls).singleElement()
			.satisfies((result) -> assertThat(result.outcome()).isEqualTo("delivered"));
	}

	@Test
	void answersNoInstanceWhenTheServiceIsUnknown() {
		this.mesh.up("a").settle();

		Step.Reply reply = (Step.Reply) this.mesh.engine.open("nobody", TestRequest.get("/")).begin();

		assertThat(reply.status()).isEqualTo(503);
		assertThat(reply.headers()).containsEntry("x-mesh-reason", "no-instance")
			.containsEntry("content-type", "application/problem+json");
		assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("No service 'nobody' is known");
		assertThat(this.mesh.calls).singleElement()
			.satisfies((result) -> assertThat(result.service()).isEqualTo(CallResult.UNKNOWN));
	}

	@Test
	void namesTheKnownVersionsWhenNoInstanceMatches() {
		this.mesh.up("a").rules(TestMesh.route("{\"backendRefs\":[{\"version\":\"v3\"}]}"));

		Step.Reply reply = (Step.Reply) this.mesh.open().begin();

		assertThat(reply.headers()).containsEntry("x-mesh-reason", "no-instance");
		assertThat(new String(reply.body(), StandardCharsets.UTF_8))
			.contains("No instance of 'inventory' matches version 'v3' (known: v1)");
	}

	@Test
	void bypassesAHostThatIsNoService() {
		this.mesh.up("a").settle();

		assertThat(this.mesh.engine.openIfKnown("example", TestRequest.get("/")).begin())
			.isInstanceOf(Step.Bypass.class);
		assertThat(this.mesh.engine.openIfKnown("inventory", TestRequest.get("/")).begin())
			.isInstanceOf(Step.Send.class);
	}

	@Test
	void keepsAServiceKnownWhenItsLastInstanceWent() {
		this.mesh.up("a");
		this.mesh.engine.services()
			.apply(new ServiceSnapshot("A", "inventory", 99, false, List.of(), List.of(), List.of()));

		Step step = this.mesh.engine.openIfKnown("inventory", TestRequest.get("/")).begin();

		assertThat(step).isInstanceOf(Step.Reply.class);
		assertThat(this.mesh.engine.services().services()).isEmpty();
	}

	@Test
	void waitsForTheFirstSnapshotButOnlyOnceAndTwoSecondsAtMost() {
		OutboundCall call = this.mesh.engine.openIfKnown("inventory", TestRequest.get("/"));
		Step step = call.begin();
		long start = this.mesh.clock.nanoTime();
		while (step instanceof Step.Wait) {
			step = this.mesh.after(call, step);
		}

		assertThat(step).isInstanceOf(Step.Bypass.class);
		assertThat(Duration.ofNanos(this.mesh.clock.nanoTime() - start)).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.mesh.engine.openIfKnown("orders", TestRequest.get("/")).begin())
			.isInstanceOf(Step.Bypass.class);
		assertThat(this.mesh.engine.mayBeService("orders")).isFalse();
	}

	@Test
	void goesOnAsSoonAsTheFirstSnapshotIsThere() {
		OutboundCall call = this.mesh.engine.openIfKnown("inventory", TestRequest.get("/"));
		Step step = call.begin();
		this.mesh.up("a");

		assertThat(step).isInstanceOf(Step.Wait.class);
		assertThat(this.mesh.after(call, step)).isInstanceOf(Step.Send.class);
	}

	@Test
	void waitsForItsServiceWhenAnotherOneCameFirst() {
		this.mesh.engine.services()
			.apply(new ServiceSnapshot("A", "catalog", 1, false, List.of(), List.of(TestMesh.instance("c", "v1")),
					List.of()));
		OutboundCall call = this.mesh.engine.openIfKnown("inventory", TestRequest.get("/"));

		Step step = call.begin();
		this.mesh.up("a");

		assertThat(step).isInstanceOf(Step.Wait.class);
		assertThat(this.mesh.after(call, step)).isInstanceOf(Step.Send.class);
	}

	@Test
	void tellsQuicklyWhichHostsAreSurelyNoServices() {
		assertThat(this.mesh.engine.mayBeService("inventory")).isTrue();
		this.mesh.up("a").settle();

		assertThat(this.mesh.engine.mayBeService("inventory")).isTrue();
		assertThat(this.mesh.engine.mayBeService("orders")).isFalse();
		assertThat(this.mesh.engine.mayBeService("localhost")).isFalse();
		assertThat(this.mesh.engine.mayBeService("inventory.example.org")).isFalse();
		assertThat(this.mesh.engine.mayBeService(null)).isFalse();
	}

	@Test
	void retriesOnAnotherInstanceAtOnceWhenTheConnectionIsRefused() {
		this.mesh.up("a", "b", "c");
		OutboundCall call = this.mesh.open(TestRequest.post("/items").once());
		Set<String> tried = new HashSet<>();
		Step step = call.begin();
		for (int i = 0; i < 3; i++) {
			assertThat(step).isInstanceOf(Step.Send.class);
			assertThat(tried.add(((Step.Send) step).instance().id())).isTrue();
			step = this.mesh.refused(call);
		}

		assertThat(step).isInstanceOfSatisfying(Step.Fail.class,
				(fail) -> assertThat(fail.cause()).hasMessage("Connection refused"));
		assertThat(this.mesh.view().ejected()).hasSize(3);
	}

	@Test
	void waitsBeforeItRetriesTheSameInstanceWhenNoOtherIsLeft() {
		this.mesh.up("a");
		OutboundCall call = this.mesh.open();
		call.begin();

		Step step = this.mesh.refused(call);

		assertThat(step).isInstanceOfSatisfying(Step.Wait.class,
				(wait) -> assertThat(wait.duration()).isBetween(Duration.ofNanos(12_500_000), Duration.ofMillis(25)));
		assertThat(this.mesh.after(call, step)).isInstanceOf(Step.Send.class);
	}

	@Test
	void waitsBeforeItRetriesWhenOnlyAVersionWithoutAShareIsLeft() {
		this.mesh.up("a")
			.upIn("v2", "b")
			.rules(TestMesh
				.route("{\"backendRefs\":[{\"version\":\"v1\",\"weight\":1},{\"version\":\"v2\",\"weight\":0}]}"));
		OutboundCall call = this.mesh.open();
		call.begin();

		assertThat(this.mesh.refused(call)).isInstanceOf(Step.Wait.class);
	}

	@Test
	void neverTriesAnInstanceTwiceWhileAnotherIsLeft() {
		this.mesh.up("a", "b", "c", "d").rules(TestMesh.route(RETRY_ALL));
		for (int round = 0; round < 200; round++) {
			OutboundCall call = this.mesh.open();
			Set<String> tried = new HashSet<>();
			Step step = call.begin();
			while (step instanceof Step.Send send) {
				assertThat(tried.add(send.instance().id())).isTrue();
				step = this.mesh.after(call, call.onHead(503, (name) -> null));
			}
			call.onEnd(null);
			assertThat(step).isInstanceOf(Step.Deliver.class);
			this.mesh.clock.advance(Duration.ofSeconds(1));
		}
	}

	@Test
	void startsANewRoundWithAnotherThanTheLastWhenAllWereTried() {
		this.mesh.up("a", "b").rules(TestMesh.route(RETRY_ALL));
		for (int round = 0; round < 50; round++) {
			OutboundCall call = this.mesh.open();
			String last = "";
			Step step = call.begin();
			while (step instanceof Step.Send send) {
				assertThat(send.instance().id()).isNotEqualTo(last);
				last = send.instance().id();
				step = this.mesh.after(call, this.mesh.reset(call));
			}
			this.mesh.clock.advance(Duration.ofSeconds(20));
		}
	}

	@Test
	void retriesAnUnansweredPostOnlyWhenNothingWasSent() {
		this.mesh.up("a", "b", "c").rules(TestMesh.route(RETRY_ALL));

		OutboundCall reset = this.mesh.open(TestRequest.post("/items"));
		reset.begin();
		assertThat(this.mesh.reset(reset)).isInstanceOf(Step.Fail.class);

		OutboundCall unavailable = this.mesh.open(TestRequest.post("/items"));
		unavailable.begin();
		assertThat(unavailable.onHead(503, (name) -> null)).isInstanceOf(Step.Deliver.class);

		OutboundCall refused = this.mesh.open(TestRequest.post("/items"));
		refused.begin();
		assertThat(this.mesh.refused(refused)).isInstanceOf(Step.Send.class);
	}

	@Test
	void repeatsNoBodyThatCannotBeSentTwice() {
		this.mesh.up("a", "b").rules(TestMesh.route(RETRY_ALL));
		OutboundCall call = this.mesh.open(new TestRequest("PUT", "/items/1", Map.of(), Map.of(), null, false));
		call.begin();

		assertThat(this.mesh.reset(call)).isInstanceOf(Step.Fail.class);
	}

	@Test
	void retriesWithinTheBudgetOnly() {
		this.mesh.up("a", "b")
			.rules(TestMesh.route(RETRY_ALL), TestMesh.policy("\"retryBudget\":{\"percent\":10,\"minPerSecond\":2}"));
		int retried = 0;
		for (int i = 0; i < 100; i++) {
			OutboundCall call = this.mesh.open();
			Step step = call.begin();
			while (step instanceof Step.Send) {
				step = call.onHead(503, (name) -> null);
				retried += (step instanceof Step.Wait) ? 1 : 0;
				step = (step instanceof Step.Wait) ? call.resume() : step;
			}
			call.onEnd(null);
		}

		assertThat(retried).isEqualTo(100 / 10 + 2);
	}

	@Test
	void doublesTheBackoffWithJitter() {
		this.mesh.up("a", "b", "c", "d").rules(TestMesh.route(RETRY_ALL));
		OutboundCall call = this.mesh.open();
		call.begin();
		for (int retry = 0; retry < 3; retry++) {
			Step step = this.mesh.reset(call);
			long most = 20L << retry;
			assertThat(step).isInstanceOfSatisfying(Step.Wait.class, (wait) -> assertThat(wait.duration())
				.isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most)));
			this.mesh.after(call, step);
		}

		assertThat(this.mesh.reset(call)).isInstanceOf(Step.Fail.class);
	}

	@Test
	void doesNotRetryWhatIsNotTheInstancesFault() {
		this.mesh.up("a", "b");
		OutboundCall call = this.mesh.open();
		call.begin();

		Step step = call.onFailure(new IllegalStateException("bad body"), FailureKind.OTHER);

		assertThat(step).isInstanceOf(Step.Fail.class);
		assertThat(this.mesh.engine.edges().changes()).singleElement().satisfies((edge) -> {
			assertThat(edge.requests()).isEqualTo(1);
			assertThat(edge.errors()).isZero();
		});
	}

	@Test
	void cutsEachAttemptToWhatIsLeftOfTheCall() {
		this.mesh.up("a", "b", "c", "d")
			.rules(TestMesh.route("{\"timeouts\":{\"request\":\"500ms\",\"backendRequest\":\"300ms\"},"
					+ "\"retry\":{\"attempts\":5,\"on\":[\"timeout\"],\"backoff\":\"0s\"}}"));
		OutboundCall call = this.mesh.open();
		Step.Send first = (Step.Send) call.begin();
		this.mesh.clock.advance(first.timeout());
		Step.Send second = (Step.Send) call.onFailure(new SocketTimeoutException("Read timed out"),
				FailureKind.TIMEOUT);
		this.mesh.clock.advance(second.timeout());

		Step last = call.onFailure(new SocketTimeoutException("Read timed out"), FailureKind.TIMEOUT);

		assertThat(first.timeout()).isEqualTo(Duration.ofMillis(300));
		assertThat(second.timeout()).isEqualTo(Duration.ofMillis(200));
		assertThat(last).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(504);
			assertThat(reply.headers()).containsEntry("x-mesh-reason", "timeout");
			assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("did not answer within 200ms");
		});
	}

	@Test
	void doesNotWaitForARetryThatCannotBeInTime() {
		this.mesh.up("a", "b")
			.rules(TestMesh
				.route("{\"timeouts\":{\"request\":\"100ms\"}," + "\"retry\":{\"attempts\":5,\"backoff\":\"1s\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();

		assertThat(this.mesh.reset(call)).isInstanceOf(Step.Fail.class);
	}

	@Test
	void answersTimeoutWhenTheWaitTookTooLong() {
		this.mesh.up("a", "b")
			.rules(TestMesh
				.route("{\"timeouts\":{\"request\":\"100ms\"}," + "\"retry\":{\"attempts\":5,\"backoff\":\"50ms\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();
		Step wait = this.mesh.reset(call);
		this.mesh.clock.advanceMillis(150);

		Step step = call.resume();

		assertThat(wait).isInstanceOf(Step.Wait.class);
		assertThat(step).isInstanceOfSatisfying(Step.Reply.class, (reply) -> assertThat(reply.status()).isEqualTo(504));
	}

	@Test
	void answersTimeoutWhenTheFirstSnapshotComesAfterTheCallsTime() {
		OutboundCall call = this.mesh.open();
		Step wait = call.begin();
		this.mesh.clock.advanceMillis(150);
		this.mesh.up("a").rules(TestMesh.route("{\"timeouts\":{\"request\":\"100ms\"}}"));

		Step step = call.resume();

		assertThat(wait).isInstanceOf(Step.Wait.class);
		assertThat(step).isInstanceOfSatisfying(Step.Reply.class, (reply) -> assertThat(reply.status()).isEqualTo(504));
	}

	@Test
	void answersTimeoutWhenNobodyIsLeftAfterTheMeshCutAnAttemptOff() {
		this.mesh.up("a")
			.rules(TestMesh.route("{\"timeouts\":{\"backendRequest\":\"100ms\"},"
					+ "\"retry\":{\"attempts\":2,\"on\":[\"timeout\"],\"backoff\":\"50ms\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();
		this.mesh.clock.advanceMillis(100);
		Step wait = call.onFailure(new SocketTimeoutException("cut off"), FailureKind.TIMEOUT);
		this.mesh.engine.services()
			.apply(new ServiceSnapshot("A", "inventory", 99, false, List.of(), List.of(), List.of()));

		Step step = this.mesh.after(call, wait);

		assertThat(step).isInstanceOfSatisfying(Step.Reply.class,
				(reply) -> assertThat(reply.headers()).containsEntry("x-mesh-reason", "timeout"));
	}

	@Test
	void throwsTheClientsOwnTimeoutWhenTheMeshSetNone() {
		this.mesh.up("a", "b");
		OutboundCall call = this.mesh.open();
		call.begin();

		Step step = call.onFailure(new SocketTimeoutException("Read timed out"), FailureKind.TIMEOUT);

		assertThat(step).isInstanceOf(Step.Fail.class);
	}

	@Test
	void throwsTheClientsOwnTimeoutWhenItIsShorterThanTheMeshs() {
		this.mesh.up("a", "b").rules(TestMesh.route("{\"timeouts\":{\"backendRequest\":\"5s\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();
		this.mesh.clock.advanceMillis(1_000);

		Step step = call.onFailure(new SocketTimeoutException("Read timed out"), FailureKind.TIMEOUT);

		assertThat(step).isInstanceOf(Step.Fail.class);
	}

	@Test
	void choosesInTheOrderOfTheContract() {
		this.mesh.up("drains", "down", "suspect", "up");
		this.mesh.status("drains", InstanceStatus.DRAINING)
			.status("down", InstanceStatus.DOWN)
			.status("suspect", InstanceStatus.SUSPECT)
			.rules(TestMesh.route(RETRY_ALL));
		OutboundCall call = this.mesh.open();
		StringBuilder order = new StringBuilder();
		Step step = call.begin();
		while (step instanceof Step.Send send) {
			order.append(send.instance().id()).append(' ');
			step = this.mesh.after(call, this.mesh.reset(call));
		}

		assertThat(order).hasToString("up suspect down drains ");
	}

	@Test
	void releasesWhatItHoldsExactlyOnce() {
		this.mesh.up("a");
		OutboundCall call = this.mesh.open();
		call.begin();
		call.onHead(200, (name) -> null);

		call.onEnd(null);
		call.onEnd(new IOException("late"));
		call.cancel();

		assertThat(inFlight()).isZero();
		assertThat(this.mesh.calls).hasSize(1);
	}

	@Test
	void releasesWhatItHoldsWhenTheCallerGoesAway() {
		this.mesh.up("a");
		OutboundCall call = this.mesh.open();
		call.begin();
		assertThat(inFlight()).isEqualTo(1);

		call.cancel();

		assertThat(inFlight()).isZero();
		assertThat(call.onHead(200, (name) -> null)).isInstanceOf(Step.Deliver.class);
		assertThat(this.mesh.calls).singleElement()
			.satisfies((result) -> assertThat(result.outcome()).isEqualTo("cancelled"));
	}

	@Test
	void countsABodyThatBrokeOffAgainstTheInstance() {
		this.mesh.up("a", "b");
		this.mesh.rules(TestMesh.policy("\"outlierDetection\":{\"consecutiveErrors\":1}"));
		OutboundCall call = this.mesh.open();
		Instance instance = ((Step.Send) call.begin()).instance();
		call.onHead(200, (name) -> null);

		call.onEnd(new IOException("Connection reset"));

		assertThat(this.mesh.view().ejected()).containsExactly(instance.id());
	}

	@Test
	void sendsToAnotherServiceWhenTheRouteSaysSo() {
		this.mesh.up("a").rules(TestMesh.route("{\"backendRefs\":[{\"service\":\"stock\",\"version\":\"v9\"}]}"));
		this.mesh.engine.services()
			.apply(new ServiceSnapshot("A", "stock", 50, false, List.of(), List.of(TestMesh.instance("s", "v9")),
					List.of()));

		Step.Send send = (Step.Send) this.mesh.open().begin();

		assertThat(send.service()).isEqualTo("stock");
		assertThat(send.instance().id()).isEqualTo("s");
	}

	@Test
	void survivesListenersThatThrow() {
		TrafficEngine engine = TrafficEngine.builder("storefront")
			.clock(this.mesh.clock)
			.listener(new TrafficListener() {
				@Override
				public void onAttempt(AttemptResult result) {
					throw new IllegalStateException("a bug");
				}

				@Override
				public void onCall(CallResult result) {
					throw new AssertionError("another bug");
				}
			})
			.build();
		engine.services()
			.apply(new ServiceSnapshot("A", "inventory", 1, false, List.of(), List.of(TestMesh.instance("a", "v1")),
					List.of()));
		OutboundCall call = engine.open("inventory", TestRequest.get("/"));
		call.begin();

		assertThat(call.onHead(200, (name) -> null)).isInstanceOf(Step.Deliver.class);
	}

	private int inFlight() {
		return this.mesh.view()
			.state()
			.health()
			.members(this.mesh.view().instances())
			.stream()
			.mapToInt((member) -> member.health().inFlight())
			.sum();
	}

}
