package io.meshup.traffic.table;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.door.Admission;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.step.Step;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EdgeLedger} and {@link InboundGate}.
 */
class EdgeLedgerTests {

	private final TestMesh mesh = new TestMesh();

	@Test
	void countsRequestsErrorsRetriesAndLatency() throws Exception {
		this.mesh.up("a", "b");
		OutboundCall call = this.mesh.open();
		call.begin();
		this.mesh.clock.advanceMillis(3);
		Step wait = this.mesh.reset(call);
		this.mesh.after(call, wait);
		this.mesh.clock.advanceMillis(7);
		call.onHead(200, (name) -> null);

		EdgeTotals edge = this.mesh.engine.edges().changes().get(0);

		assertThat(edge.source()).isNull();
		assertThat(List.of(edge.requests(), edge.errors(), edge.retries())).containsExactly(2L, 1L, 1L);
		Histogram latency = latency(edge);
		assertThat(latency.getTotalCount()).isEqualTo(2);
		assertThat(latency.getMaxValue()).isBetween(6_900L, 7_100L);
		assertThat(latency.getMinValue()).isBetween(2_900L, 3_100L);
	}

	@Test
	void reportsAnEdgeUntilItIsAcknowledgedAndAgainWhenItChanges() {
		this.mesh.up("a").answer(200);
		List<EdgeTotals> lost = this.mesh.engine.edges().changes();
		List<EdgeTotals> sent = this.mesh.engine.edges().changes();
		assertThat(sent).isEqualTo(lost).hasSize(1);

		this.mesh.engine.edges().acknowledge(sent);
		assertThat(this.mesh.engine.edges().changes()).isEmpty();

		this.mesh.answer(200);
		assertThat(this.mesh.engine.edges().changes()).singleElement()
			.satisfies((edge) -> assertThat(edge.requests()).isEqualTo(2));
	}

	@Test
	void goesOnCountingWhenAVersionComesBackThatHadLongGone() throws Exception {
		this.mesh.up("a").upIn("v2", "b");
		this.mesh.clock.advanceMillis(1);
		callBoth();
		long heavy = this.mesh.engine.edges().footprint();
		this.mesh.engine.services()
			.apply(new ServiceSnapshot("A", "inventory", 90, false, List.of(), List.of(TestMesh.instance("a", "v1")),
					List.of()));

		for (int beat = 0; beat <= EdgeLedger.BEATS_UNTIL_PACKED; beat++) {
			this.mesh.engine.edges().acknowledge(this.mesh.engine.edges().changes());
		}

		assertThat(this.mesh.engine.edges().footprint()).isBetween(heavy / 2, heavy / 2 + 500);
		this.mesh.engine.services()
			.apply(new ServiceSnapshot("A", "inventory", 91, false, List.of(),
					List.of(TestMesh.instance("a", "v1"), TestMesh.instance("b", "v2")), List.of()));
		callBoth();
		assertThat(this.mesh.engine.edges().changes()).hasSize(2).allSatisfy((edge) -> {
			assertThat(edge.requests()).isEqualTo(2);
			assertThat(latency(edge).getTotalCount()).isEqualTo(2);
		});
		assertThat(this.mesh.engine.edges().footprint()).isEqualTo(heavy);
	}

	// The second of two calls at a time goes to the less busy instance.
	private void callBoth() {
		this.mesh.clock.advanceMillis(10_000); // past the warm-up
		OutboundCall one = this.mesh.open();
		OutboundCall other = this.mesh.open();
		one.begin();
		other.begin();
		for (OutboundCall call : List.of(one, other)) {
			call.onHead(200, (name) -> null);
			call.onEnd(null);
		}
	}

	private static Histogram latency(EdgeTotals edge) throws Exception {
		return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(edge.latency())), 0);
	}

	@Test
	void countsOnlyRequestsFromOutsideAtTheGate() {
		InboundGate gate = this.mesh.engine.inbound("v1");

		gate.admit(inbound(Map.of("x-mesh-source", "orders"))).onEnd(200);
		assertThat(this.mesh.engine.edges().changes()).isEmpty();

		Admission admission = gate.admit(inbound(Map.of()));
		this.mesh.clock.advanceMillis(5);
		admission.onEnd(500);
		assertThat(this.mesh.engine.edges().changes()).singleElement().satisfies((edge) -> {
			assertThat(edge.source()).isEqualTo(EdgeTotals.OUTSIDE);
			assertThat(edge.to()).isEqualTo("storefront");
			assertThat(edge.errors()).isEqualTo(1);
		});
	}

	@Test
	void countsARefusedRequestFromOutsideLikeAnyOther() {
		InboundGate gate = this.mesh.engine.inbound("v1");

		Admission admission = gate.admit(inbound(Map.of("x-mesh-hops", "17")));
		assertThat(admission.refusal()).isNotNull();
		admission.onEnd(508);

		assertThat(this.mesh.engine.edges().changes()).singleElement().satisfies((edge) -> {
			assertThat(edge.requests()).isEqualTo(1);
			assertThat(edge.errors()).isEqualTo(1);
		});
	}

	private static InboundView inbound(Map<String, String> headers) {
		return new InboundView() {
			@Override
			public String method() {
				return "GET";
			}

			@Override
			public String path() {
				return "/";
			}

			@Override
			public @Nullable String header(String name) {
				return headers.get(name);
			}

			@Override
			public @Nullable String remoteAddress() {
				return null;
			}
		};
	}

}
