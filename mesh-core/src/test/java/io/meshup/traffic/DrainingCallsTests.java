package io.meshup.traffic;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code ServiceTable.busy}: a caller knows which instances that leave still
 * have requests of its own without an answer.
 */
class DrainingCallsTests {

	private static final String A = "inventory/a";

	private final TestMesh mesh = new TestMesh();

	@Test
	void isBusyFromTheChoiceToTheHeadOfTheAnswer() {
		this.mesh.up("a");
		OutboundCall call = this.mesh.open();
		call.begin();
		assertThat(busy()).as("nobody leaves").isEmpty();
		this.mesh.up("b").status("a", InstanceStatus.DRAINING);
		assertThat(busy()).containsExactly(A);

		call.onHead(200, (name) -> null);

		assertThat(busy()).as("as with an event stream, the body goes on").isEmpty();
		assertThat(this.mesh.view().inFlight()).isEqualTo(1);
	}

	@Test
	void isNotBusyWithWhatFailedOrWasGivenUp() {
		this.mesh.up("a");
		OutboundCall failed = this.mesh.open(TestRequest.post("/items"));
		failed.begin();
		OutboundCall given = this.mesh.open();
		given.begin();
		this.mesh.up("b").status("a", InstanceStatus.DRAINING);
		assertThat(busy()).containsExactly(A);

		failed.onFailure(new IOException("Connection reset"), FailureKind.RESET);
		assertThat(busy()).containsExactly(A);
		given.cancel();
		given.onHead(200, (name) -> null);

		assertThat(busy()).isEmpty();
		assertThat(this.mesh.view().inFlight()).isZero();
	}

	@Test
	void choosesAgainWhereTheInstanceBeganToLeaveInBetween() {
		Deque<Runnable> draws = new ArrayDeque<>();
		TrafficEngine engine = TrafficEngine.builder("storefront").clock(this.mesh.clock).random(() -> {
			Optional.ofNullable(draws.poll()).ifPresent(Runnable::run);
			return new Random(1);
		}).build();
		apply(engine, 1, InstanceStatus.UP, InstanceStatus.DOWN);
		engine.open("inventory", TestRequest.get("/")).begin();
		OutboundCall call = engine.open("inventory", TestRequest.get("/"));
		Runnable filtersThenVersion = () -> assertThat(engine.services().view("inventory").revision()).isEqualTo(1);
		draws.addAll(List.of(filtersThenVersion, filtersThenVersion));
		draws.add(() -> apply(engine, 2, InstanceStatus.DRAINING, InstanceStatus.UP));

		Step.Send send = (Step.Send) call.begin();

		assertThat(draws).isEmpty();
		assertThat(send.instance().id()).isEqualTo("b");
		assertThat(engine.services().view("inventory").inFlight()).isEqualTo(2);
	}

	@Test
	void goesToOneThatLeavesWhereNobodyElseIsLeft() {
		this.mesh.up("a").status("a", InstanceStatus.DRAINING);

		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Send.class);
		assertThat(busy()).containsExactly(A);
	}

	@Test
	void sendsNothingMoreOnceItIsNoLongerBusy() throws Exception {
		TrafficEngine engine = TrafficEngine.builder("storefront").build();
		apply(engine, 1, InstanceStatus.UP, InstanceStatus.UP);
		Door door = new Door();
		ExecutorService pool = Executors.newFixedThreadPool(4);
		List<Future<Integer>> callers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			callers.add(pool.submit(() -> call(engine, door)));
		}
		for (int revision = 2; revision < 400; revision += 2) {
			apply(engine, revision, InstanceStatus.DRAINING, InstanceStatus.UP);
			while (!engine.services().busy().isEmpty()) {
				Thread.onSpinWait();
			}
			door.shut = true;
			Thread.yield();
			door.shut = false;
			apply(engine, revision + 1, InstanceStatus.UP, InstanceStatus.UP);
		}
		door.over = true;
		int late = 0;
		for (Future<Integer> caller : callers) {
			late += caller.get(60, TimeUnit.SECONDS);
		}
		pool.shutdownNow();

		assertThat(late).isZero();
	}

	// Returns how many of its calls came when the door was shut.
	private static int call(TrafficEngine engine, Door door) {
		int late = 0;
		while (!door.over) {
			OutboundCall call = engine.open("inventory", TestRequest.get("/"));
			if (call.begin() instanceof Step.Send send && send.instance().id().equals("a") && door.shut) {
				late++;
			}
			call.onHead(200, (name) -> null);
			call.onEnd(null);
		}
		return late;
	}

	private List<String> busy() {
		return this.mesh.engine.services().busy();
	}

	private static void apply(TrafficEngine engine, long revision, InstanceStatus first, InstanceStatus second) {
		List<Instance> instances = List.of(TestMesh.instance("a", "v1", first), TestMesh.instance("b", "v1", second));
		engine.services().apply(TestMesh.snapshot("inventory", revision, instances));
	}

	private static final class Door {

		private volatile boolean shut;

		private volatile boolean over;

	}

}
