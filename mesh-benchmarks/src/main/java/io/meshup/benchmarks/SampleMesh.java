package io.meshup.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import tools.jackson.databind.JsonNode;

/**
 * Snapshots to measure with.
 */
final class SampleMesh {

	static final String SERVICE = "inventory";

	private SampleMesh() {
	}

	/**
	 * A service of instances in two versions with a route.
	 * @param instances how many
	 * @param rules how many rules its route has; only the last one matches, and splits
	 * 80/20
	 * @return the snapshot
	 */
	static ServiceSnapshot busy(int instances, int rules) {
		List<Instance> all = IntStream.range(0, instances)
			.mapToObj((i) -> instance("i" + i, 10_000 + i, (i % 5 == 0) ? "v2" : "v1"))
			.toList();
		return new ServiceSnapshot("benchmark", SERVICE, 1, false, List.of(), all, List.of(route(SERVICE, rules)));
	}

	/**
	 * A service of one instance with one rule.
	 * @param service its name
	 * @return the snapshot
	 */
	static ServiceSnapshot small(String service) {
		return new ServiceSnapshot("benchmark", service, 1, false, List.of(), List.of(instance("i0", 10_000, "v1")),
				List.of(route(service, 1)));
	}

	/**
	 * A service in two versions, split 80/20, with breakers.
	 * @param port where both listen
	 * @return the snapshot
	 */
	static ServiceSnapshot canary(int port) {
		JsonNode policy = MeshJson.readTree("""
				{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"inventory","revision":1},
				 "spec":{"service":"inventory","circuitBreaker":{"minimumCalls":20}}}"""
			.getBytes(StandardCharsets.UTF_8));
		List<Instance> both = List.of(instance("i1", port, "v1"), instance("i2", port, "v2"));
		return new ServiceSnapshot("benchmark", SERVICE, 1, false, List.of(), both, List.of(route(SERVICE, 1), policy));
	}

	private static Instance instance(String id, int port, String version) {
		return new Instance(id, "127.0.0.1", port, "http", version, "default", null, 100, InstanceStatus.UP, Map.of());
	}

	private static JsonNode route(String service, int rules) {
		StringBuilder text = new StringBuilder("""
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"%1$s","revision":1},
				 "spec":{"service":"%1$s","rules":[""".formatted(service));
		for (int i = 1; i < rules; i++) {
			text.append(
					"""
							{"matches":[{"path":{"type":"PathPrefix","value":"/area-%d"},"headers":[{"name":"x-group","value":"%d"}]}],
							 "backendRefs":[{"version":"v2"}]},"""
						.formatted(i, i));
		}
		text.append(
				"""
						{"backendRefs":[{"version":"v1","weight":80},{"version":"v2","weight":20}],"sticky":{"header":"x-user"}}]}}""");
		return MeshJson.readTree(text.toString().getBytes(StandardCharsets.UTF_8));
	}

}
