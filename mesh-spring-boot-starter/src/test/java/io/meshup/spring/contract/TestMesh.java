package io.meshup.spring.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.event.TrafficListener;
import io.meshup.traffic.explain.ExplainMode;
import tools.jackson.databind.JsonNode;

/**
 * An engine whose table a test fills by itself, as the registry's client would.
 */
final class TestMesh implements TrafficListener {

	private static final String REGISTRY = "00000000-0000-0000-0000-000000000001";

	private final Random random = new Random(42);

	private final TrafficEngine engine = TrafficEngine.builder("storefront")
		.random(() -> this.random)
		.listener(this)
		.explained(ExplainMode.LOCAL)
		.build();

	private final AtomicInteger names = new AtomicInteger();

	private final AtomicLong revision = new AtomicLong();

	private final List<CallResult> calls = new CopyOnWriteArrayList<>();

	TestMesh() {
		apply("some-other");
	}

	TrafficEngine engine() {
		return this.engine;
	}

	List<CallResult> calls(String service) {
		return this.calls.stream().filter((call) -> call.service().equals(service)).toList();
	}

	@Override
	public void onCall(CallResult call) {
		this.calls.add(call);
	}

	/**
	 * Makes a service of the instances, version v1, v2 and so on in turn.
	 * @param ports where they listen
	 * @return the service's name, a new one
	 */
	String service(int... ports) {
		return service(List.of(), ports);
	}

	String service(List<String> rules, int... ports) {
		String name = "service-" + this.names.incrementAndGet();
		List<Instance> instances = new ArrayList<>();
		for (int port : ports) {
			int number = instances.size() + 1;
			instances.add(new Instance("i" + number, "127.0.0.1", port, "http", "v" + number, "default", null, 100,
					InstanceStatus.UP, Map.of()));
		}
		apply(name, instances, rules.stream().map((rule) -> document(name, rule)).toList());
		return name;
	}

	/**
	 * Makes a service of two instances.
	 * @param lane the lane that the second one serves
	 * @param basePort where the first one listens
	 * @param lanePort where the second one listens
	 * @return the service's name, a new one
	 */
	String laned(String lane, int basePort, int lanePort) {
		String name = "service-" + this.names.incrementAndGet();
		apply(name,
				List.of(new Instance("i1", "127.0.0.1", basePort, "http", "v1", "default", null, 100, InstanceStatus.UP,
						Map.of()),
						new Instance("i2", "127.0.0.1", lanePort, "http", "v1", "default", lane, 100, InstanceStatus.UP,
								Map.of())),
				List.of());
		return name;
	}

	/**
	 * Takes all instances and rules of a service away.
	 * @param name the service
	 */
	void remove(String name) {
		apply(name);
	}

	private void apply(String name) {
		apply(name, List.of(), List.of());
	}

	private void apply(String name, List<Instance> instances, List<JsonNode> rules) {
		this.engine.services()
			.apply(new ServiceSnapshot(REGISTRY, name, this.revision.incrementAndGet(), false, List.of(), instances,
					rules));
	}

	/**
	 * A rule of the engine's own format.
	 * @param service the service
	 * @param rule kind, a colon and the fields of the spec in JSON with single quotes
	 * @return the document
	 */
	private JsonNode document(String service, String rule) {
		String kind = rule.substring(0, rule.indexOf(':'));
		String fields = rule.substring(rule.indexOf(':') + 1).replace('\'', '"');
		String json = """
				{"apiVersion": "meshup.io/v1", "kind": "%s", "metadata": {"name": "%s", "revision": %d},
				"spec": {"service": "%s", %s}}""".formatted(kind, service, this.revision.get() + 1, service, fields);
		return MeshJson.readTree(json.getBytes(StandardCharsets.UTF_8));
	}

	static List<String> rules(String... rules) {
		return Stream.of(rules).toList();
	}

}
