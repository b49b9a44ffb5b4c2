package io.meshup.benchmarks.decision;

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
public final class SampleMesh {

	static final String SERVICE = "inventory";

	/** Who calls, and whose door is limited. */
	static final String DOOR = "storefront";

	private static final String SPLIT = """
			{"backendRefs":[{"version":"v1","weight":80},{"version":"v2","weight":20}],"sticky":{"header":"x-user"}}""";

	private static final String FULL_RULE = """
			{"matches":[{"path":{"type":"PathPrefix","value":"/items"}}],"backendRefs":[{"version":"v1","weight":80},{"version":"v2","weight":20}],"sticky":{"header":"x-user"},
			 "timeouts":{"request":"2s","backendRequest":"1s"},
			 "retry":{"attempts":2,"codes":[503],"on":["connect-failure","reset","timeout"]},
			 "circuitBreaker":{"slowCallDuration":"1s","fallback":{"status":200,"body":"[]"}},
			 "filters":[{"requestHeaderModifier":{"set":[{"name":"x-shop","value":"web"}],"remove":["x-debug"]}},
			  {"responseHeaderModifier":{"add":[{"name":"x-served-by","value":"mesh"}]}},
			  {"urlRewrite":{"path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"/products"}}},
			  {"requestMirror":{"version":"v2","percent":0.1}},
			  {"fault":{"abort":{"percent":0.001,"status":503}}}]}""";

	private static final String FULL_POLICY = """
			{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"inventory","revision":1},
			 "spec":{"service":"inventory","loadBalancer":{"algorithm":"peak-ewma"},"warmUp":{"duration":"10s"},
			  "locality":{"preferSameZone":true},"outlierDetection":{"successRateBelow":80},
			  "circuitBreaker":{"minimumCalls":20,"slowCallDuration":"1s"},"retryBudget":{"percent":20},
			  "bulkhead":{"maxConcurrentCalls":1000}}}""";

	private static final String LIMITS = """
			{"apiVersion":"meshup.io/v1","kind":"RateLimit","metadata":{"name":"door","revision":1},
			 "spec":{"service":"storefront","limits":[{"requests":1000000,"period":"100ms"},
			  {"per":"source","requests":1000000,"period":"100ms"},
			  {"per":"header:x-user","requests":1000000,"burst":1000000,"period":"100ms"}]}}""";

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
	 * A service whose calls pass every feature that decides: the last of 20 rules
	 * matches, with a sticky split, limits, retries, changed headers and paths, rare
	 * mirrors and faults and a breaker of its own; instances in three zones, a lane,
	 * balanced with warm-up, locality and outlier detection behind breakers, a bulkhead
	 * and a budget.
	 * @param instances how many
	 * @return the snapshot
	 */
	static ServiceSnapshot full(int instances) {
		List<Instance> all = IntStream.range(0, instances).mapToObj(SampleMesh::placed).toList();
		return new ServiceSnapshot("benchmark", SERVICE, 1, false, List.of(), all,
				List.of(route(SERVICE, 20, FULL_RULE), tree(FULL_POLICY)));
	}

	/**
	 * Limits at the door, each met by every request: by caller, by header, of all.
	 * @return the snapshot of a service that calls nobody
	 */
	static ServiceSnapshot limited() {
		return new ServiceSnapshot("benchmark", DOOR, 1, false, List.of(), List.of(), List.of(tree(LIMITS)));
	}

	private static Instance placed(int i) {
		return new Instance("i" + i, "127.0.0.1", 10_000 + i, "http", (i % 5 == 0) ? "v2" : "v1", "zone-" + i % 3,
				(i % 10 == 9) ? "blue" : null, 100, InstanceStatus.UP, Map.of());
	}

	/**
	 * A service of one instance with one rule.
	 * @param service its name
	 * @return the snapshot
	 */
	public static ServiceSnapshot small(String service) {
		return new ServiceSnapshot("benchmark", service, 1, false, List.of(), List.of(instance("i0", 10_000, "v1")),
				List.of(route(service, 1)));
	}

	/**
	 * A service in two versions, split 80/20, with breakers.
	 * @param port where both listen
	 * @return the snapshot
	 */
	public static ServiceSnapshot canary(int port) {
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
		return route(service, rules, SPLIT);
	}

	private static JsonNode route(String service, int rules, String last) {
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
		text.append(last).append("]}}");
		return tree(text.toString());
	}

	private static JsonNode tree(String text) {
		return MeshJson.readTree(text.getBytes(StandardCharsets.UTF_8));
	}

}
