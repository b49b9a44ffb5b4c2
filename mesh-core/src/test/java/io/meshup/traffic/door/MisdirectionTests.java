package io.meshup.traffic.door;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.ServedRequest;
import io.meshup.traffic.TestInbound;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T7 and T69: what comes to the wrong place or goes round in circles is refused before
 * anything is done.
 */
class MisdirectionTests {

	private static final ResponseHead TOLD = (name) -> name.equals("x-mesh-reason") ? "wrong-instance" : null;

	private final TestMesh mesh = new TestMesh().up("a", "b");

	@Test
	void refusesWhatIsMeantForTheServiceThatWasHereBefore() {
		OutboundCall call = this.mesh.open();
		Step.Send send = (Step.Send) call.begin();
		String here = send.instance().authority();

		assertThat(gate("payments", here).admit(TestInbound.of(send)).refusal()).isNotNull()
			.extracting(Step.Reply::status, Refusals::reason)
			.containsExactly(421, "wrong-instance");
		assertThat(gate("inventory", here).admit(TestInbound.of(send)).refusal()).isNull();
	}

	@Test
	void letsInWhatAProxyPassesOnWithAllHeaders() {
		Step.Send send = (Step.Send) this.mesh.open().begin();

		assertThat(gate("payments", "127.0.0.1:1").admit(TestInbound.of(send)).refusal()).isNull();
		assertThat(gate("payments", "").admit(TestInbound.of(send)).refusal()).isNull();
		assertThat(gate("payments", "x").admit(TestInbound.request().header("x-mesh-target", "x")).refusal()).isNull();
	}

	@Test
	void triesAnotherInstanceAndLeavesTheWrongOneOut() {
		OutboundCall call = this.mesh.open(TestRequest.post("/items"));
		Step.Send first = (Step.Send) call.begin();

		Step.Send second = (Step.Send) call.onHead(421, TOLD);

		assertThat(second.instance()).isNotEqualTo(first.instance());
		assertThat(this.mesh.view().ejected()).containsExactly(first.instance().id());
		assertThat(call.onHead(200, (name) -> null)).isInstanceOf(Step.Deliver.class);
	}

	@Test
	void sendsNoBodyTwiceThatIsGone() {
		OutboundCall call = this.mesh.open(TestRequest.post("/items").once());
		call.begin();

		Step next = call.onHead(421, TOLD);

		assertThat(next).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(503);
			assertThat(Refusals.reason(reply)).isEqualTo("no-instance");
		});
		assertThat(this.mesh.view().inFlight()).isZero();
	}

	@Test
	void delivers421OfTheApplicationItself() {
		OutboundCall call = this.mesh.open();
		call.begin();

		assertThat(call.onHead(421, (name) -> null)).isInstanceOf(Step.Deliver.class);
	}

	@Test
	void endsACircleAfterSixteenCalls() {
		InboundGate gate = gate("inventory", "");
		Admission admission = gate.admit(TestInbound.of((Step.Send) this.mesh.open().begin()));
		int calls = 1;
		while (admission.refusal() == null) {
			Step.Send next = (Step.Send) this.mesh.engine.open(TestMesh.SERVICE, ServedRequest.get(admission.context()))
				.begin();
			admission = gate.admit(TestInbound.of(next));
			calls++;
		}

		assertThat(calls).isEqualTo(17);
		assertThat(admission.refusal()).extracting(Step.Reply::status, Refusals::reason)
			.containsExactly(508, "hop-limit");
	}

	private static InboundGate gate(String service, String address) {
		return TrafficEngine.builder(service).build().inbound("v1", () -> address);
	}

}
