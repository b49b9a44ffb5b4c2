package io.meshup.traffic.split;

import java.util.List;
import java.util.stream.Stream;

import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.ServedRequest;
import io.meshup.traffic.TestInbound;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code Selection}: lanes.
 */
class LaneTrafficTests {

	private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

	private final TestMesh mesh = new TestMesh();

	@Test
	void sendsALanesRequestsToItsInstances() {
		this.mesh.up("base").inLane("blue", "v2", "blue-1");

		assertThat(picks(arriving("x-mesh-lane", "blue"))).containsOnly("blue-1");
	}

	@Test
	void sendsOtherRequestsToTheBaseOnly() {
		this.mesh.up("base").inLane("blue", "v1", "blue-1");

		assertThat(picks(CallContext.NONE)).containsOnly("base");
		assertThat(picks(arriving("x-mesh-lane", "green"))).containsOnly("base");
	}

	@Test
	void tellsTheNextServiceTheLaneAlsoWhereTheBaseAnswers() {
		this.mesh.up("base");

		Step.Send send = begin(ServedRequest.get(arriving("x-mesh-lane", "blue")));

		assertThat(send.changes().own()).containsEntry("x-mesh-lane", "blue");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "mesh.lane=blue", "a=b, mesh.lane = blue ;ttl=1,c=d" })
	void readsTheLaneFromBaggage(String baggage) {
		this.mesh.up("base").inLane("blue", "v1", "blue-1");

		assertThat(picks(arriving("baggage", baggage))).containsOnly("blue-1");
		assertThat(begin(ServedRequest.get(CallContext.NONE, "baggage", baggage)).instance().id()).isEqualTo("blue-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mesh.lane=", "x.mesh.lane=blue", "mesh.lane", "mesh.lane=b%20lue", "=,;", "" })
	void ignoresOtherBaggage(String baggage) {
		this.mesh.up("base").inLane("blue", "v1", "blue-1");

		assertThat(arriving("baggage", baggage).lane()).isEmpty();
	}

	@Test
	void takesTheLaneThatTheApplicationSets() {
		this.mesh.up("base").inLane("blue", "v1", "blue-1").inLane("green", "v1", "green-1");

		Step.Send send = begin(ServedRequest.get(arriving("x-mesh-lane", "blue"), "x-mesh-lane", "green"));

		assertThat(send.instance().id()).isEqualTo("green-1");
		assertThat(send.changes().own()).doesNotContainKey("x-mesh-lane");
	}

	@Test
	void staysInTheLaneWhateverVersionTheRouteDraws() {
		this.mesh.up("base")
			.upIn("v2", "base-2")
			.inLane("blue", "v3", "blue-3")
			.rules(TestMesh
				.route("{\"backendRefs\":[{\"version\":\"v1\",\"weight\":1}," + "{\"version\":\"v2\",\"weight\":1}]}"));

		assertThat(picks(arriving("x-mesh-lane", "blue"))).containsOnly("blue-3");
		assertThat(picks(CallContext.NONE)).containsOnly("base", "base-2");
	}

	@Test
	void fallsBackToTheBaseWhereNoInstanceOfTheLaneIsLeft() {
		this.mesh.up("base").inLane("blue", "v1", "blue-1").status("blue-1", InstanceStatus.DOWN);

		assertThat(picks(arriving("x-mesh-lane", "blue"))).containsOnly("base");
	}

	@Test
	void repeatsAtTheBaseWhenTheLanesOnlyInstanceRefuses() {
		this.mesh.up("base").inLane("blue", "v1", "blue-1");
		OutboundCall call = this.mesh.engine.open(TestMesh.SERVICE, ServedRequest.get(arriving("x-mesh-lane", "blue")));
		Step.Send first = (Step.Send) call.begin();

		Step second = this.mesh.refused(call);

		assertThat(first.instance().id()).isEqualTo("blue-1");
		assertThat(second).isInstanceOfSatisfying(Step.Send.class,
				(send) -> assertThat(send.instance().id()).isEqualTo("base"));
	}

	@Test
	void namesTheLanesWhereOnlyTheyHaveInstances() {
		this.mesh.inLane("blue", "v1", "blue-1");

		Step step = this.mesh.open().begin();

		assertThat(step).isInstanceOfSatisfying(Step.Reply.class,
				(reply) -> assertThat(new String(reply.body())).contains("no-instance", "only in lanes: blue"));
	}

	@Test
	void keepsABreakerOfItsOwnForEachLane() {
		this.mesh.up("base")
			.inLane("blue", "v1", "blue-1")
			.rules(TestMesh.policy("\"circuitBreaker\":{\"minimumCalls\":2,\"failureRatePercent\":50}"));
		for (int i = 0; i < 2; i++) {
			OutboundCall call = this.mesh.engine.open(TestMesh.SERVICE,
					ServedRequest.get(arriving("x-mesh-lane", "blue")));
			call.begin();
			call.onHead(500, (name) -> null);
			call.onEnd(null);
		}

		assertThat(picks(CallContext.NONE)).containsOnly("base");
		assertThat(picks(arriving("x-mesh-lane", "blue"))).containsOnly("base");
		assertThat(this.mesh.view().breakers()).hasEntrySatisfying("v1@blue",
				(state) -> assertThat(state.word()).isEqualTo("open"));
	}

	@Test
	void countsCallsThatLostTheLaneOfTheirTrace() {
		this.mesh.up("base");
		this.mesh.engine.inbound("v1")
			.admit(TestInbound.request().header("x-mesh-lane", "blue").header("traceparent", TRACE));

		begin(ServedRequest.get(CallContext.NONE, "traceparent", TRACE));
		begin(ServedRequest.get(CallContext.NONE, "traceparent", TRACE.replace("4bf9", "5bf9")));
		begin(ServedRequest.get(arriving("x-mesh-lane", "blue"), "traceparent", TRACE));

		assertThat(this.mesh.engine.edges().changes()).extracting(EdgeTotals::laneLost).containsExactly(1L);
	}

	private CallContext arriving(String header, String value) {
		return this.mesh.engine.inbound("v1").admit(TestInbound.request().header(header, value)).context();
	}

	private Step.Send begin(RequestView request) {
		OutboundCall call = this.mesh.engine.open(TestMesh.SERVICE, request);
		Step.Send send = (Step.Send) call.begin();
		call.onHead(200, (name) -> null);
		call.onEnd(null);
		return send;
	}

	private List<String> picks(CallContext context) {
		return Stream.generate(() -> begin(ServedRequest.get(context)).instance().id()).limit(20).toList();
	}

}
