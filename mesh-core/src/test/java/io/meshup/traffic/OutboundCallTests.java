package io.meshup.traffic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.event.AttemptResult;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.event.TrafficListener;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundCall}: its order and its refusals.
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
		assertThat(send.changes().own()).containsEntry("x-mesh-source", "storefront");
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
			.members(this.mesh.view().instances(), 0)
			.stream()
			.mapToInt((member) -> member.health().inFlight())
			.sum();
	}

}
