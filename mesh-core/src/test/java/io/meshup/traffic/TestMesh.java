package io.meshup.traffic;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.event.AttemptResult;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.event.TrafficChange;
import io.meshup.traffic.event.TrafficListener;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.ServiceTable;
import io.meshup.traffic.table.ServiceView;
import tools.jackson.databind.JsonNode;

/**
 * An engine on a manual clock with a seeded random, and the snapshots that feed it.
 */
public final class TestMesh {

	public static final String SERVICE = "inventory";

	public final ManualClock clock = new ManualClock();

	public final List<AttemptResult> attempts = new ArrayList<>();

	public final List<CallResult> calls = new ArrayList<>();

	public final List<TrafficChange> changes = new ArrayList<>();

	public final TrafficEngine engine;

	private final List<Instance> instances = new ArrayList<>();

	private final List<JsonNode> rules = new ArrayList<>();

	private long revision = 1;

	public TestMesh() {
		this(ServiceTable.builder());
	}

	public TestMesh(ServiceTable.Builder table) {
		Random random = new Random(42);
		this.engine = TrafficEngine.builder("storefront")
			.clock(this.clock)
			.random(() -> random)
			.table(table.clock(this.clock).build())
			.listener(new Recording())
			.build();
	}

	public static Instance instance(String id, String version) {
		return instance(id, version, InstanceStatus.UP);
	}

	public static Instance instance(String id, String version, InstanceStatus status) {
		int port = 1024 + Math.floorMod(id.hashCode(), 60_000);
		return new Instance(id, "127.0.0.1", port, "http", version, "default", null, 100, status, Map.of());
	}

	public static ServiceSnapshot snapshot(String service, long revision, List<Instance> instances) {
		return new ServiceSnapshot("A", service, revision, false, List.of(), instances, List.of());
	}

	public static JsonNode document(String json) {
		return MeshJson.readTree(json.getBytes(StandardCharsets.UTF_8));
	}

	public static JsonNode route(String rules) {
		return document(
				"{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"r\",\"revision\":7},"
						+ "\"spec\":{\"service\":\"inventory\",\"rules\":[" + rules + "]}}");
	}

	public static JsonNode policy(String fields) {
		return document("{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"TrafficPolicy\",\"metadata\":{\"name\":\"p\","
				+ "\"revision\":8},\"spec\":{\"service\":\"inventory\"" + (fields.isEmpty() ? "" : ",") + fields
				+ "}}");
	}

	public TestMesh up(String... ids) {
		Stream.of(ids).forEach((id) -> this.instances.add(instance(id, "v1")));
		return apply();
	}

	// Past the time in which services may still come one after the other.
	public TestMesh settle() {
		this.clock.advanceMillis(200);
		return this;
	}

	public TestMesh upIn(String version, String id) {
		this.instances.add(instance(id, version));
		return apply();
	}

	public TestMesh inLane(String lane, String version, String id) {
		Instance base = instance(id, version);
		this.instances.add(new Instance(id, base.host(), base.port(), base.scheme(), version, base.zone(), lane,
				base.weight(), base.status(), base.metadata()));
		return apply();
	}

	public TestMesh status(String id, InstanceStatus status) {
		this.instances.replaceAll((instance) -> instance.id().equals(id) ? instance.withStatus(status) : instance);
		return apply();
	}

	public TestMesh rules(JsonNode... documents) {
		this.rules.clear();
		this.rules.addAll(List.of(documents));
		return apply();
	}

	public TestMesh apply() {
		this.engine.services()
			.apply(new ServiceSnapshot("A", SERVICE, this.revision++, false, List.of(), this.instances, this.rules));
		return this;
	}

	public ServiceView view() {
		return this.engine.services().view(SERVICE);
	}

	public OutboundCall open(TestRequest request) {
		return this.engine.open(SERVICE, request);
	}

	public OutboundCall open() {
		return open(TestRequest.get("/items"));
	}

	// One whole call whose only attempt is answered like this; returns the instance.
	public Instance answer(TestRequest request, int status) {
		OutboundCall call = open(request);
		Step.Send send = (Step.Send) call.begin();
		call.onHead(status, (name) -> null);
		call.onEnd(null);
		return send.instance();
	}

	public Instance answer(int status) {
		return answer(TestRequest.get("/items"), status);
	}

	// A step past any wait.
	public Step after(OutboundCall call, Step step) {
		if (step instanceof Step.Wait wait) {
			this.clock.advance(wait.duration());
			return call.resume();
		}
		return step;
	}

	public Step reset(OutboundCall call) {
		return call.onFailure(new IOException("Connection reset"), FailureKind.RESET);
	}

	public Step refused(OutboundCall call) {
		return call.onFailure(new ConnectException("Connection refused"), FailureKind.CONNECT);
	}

	private final class Recording implements TrafficListener {

		@Override
		public void onAttempt(AttemptResult result) {
			TestMesh.this.attempts.add(result);
		}

		@Override
		public void onCall(CallResult result) {
			TestMesh.this.calls.add(result);
		}

		@Override
		public void onChange(TrafficChange change) {
			TestMesh.this.changes.add(change);
		}

	}

}
