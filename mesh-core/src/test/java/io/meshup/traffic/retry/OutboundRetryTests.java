package io.meshup.traffic.retry;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundCall}: what is repeated, where and how often.
 */
class OutboundRetryTests {

	private static final String RETRY_ALL = "{\"retry\":{\"attempts\":3,\"codes\":[503],"
			+ "\"on\":[\"connect-failure\",\"reset\",\"timeout\"],\"backoff\":\"20ms\"}}";

	private final TestMesh mesh = new TestMesh();

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
	void goesOnPastTheAttemptsWhileAnInstanceIsLeftThatDidNotRefuse() {
		this.mesh.up("a", "b", "c", "d", "e", "f");
		OutboundCall call = this.mesh.open(TestRequest.post("/items").once());
		Step step = call.begin();
		for (int i = 1; i <= 5; i++) {
			step = this.mesh.refused(call);
		}

		assertThat(step).isInstanceOfSatisfying(Step.Send.class, (send) -> assertThat(send.attempt()).isEqualTo(6));
		assertThat(this.mesh.refused(call)).isInstanceOf(Step.Fail.class);
		OutboundCall next = this.mesh.open(TestRequest.post("/items").once());
		next.begin();
		this.mesh.refused(next);
		this.mesh.refused(next);
		assertThat(this.mesh.refused(next)).as("all are known to refuse").isInstanceOf(Step.Fail.class);
	}

	@Test
	void doesNotGoOnWhereARuleWantsNoRetry() {
		this.mesh.up("a", "b").rules(TestMesh.route("{\"retry\":{\"attempts\":0}}"));
		OutboundCall call = this.mesh.open();
		call.begin();

		assertThat(this.mesh.refused(call)).isInstanceOf(Step.Fail.class);
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

}
