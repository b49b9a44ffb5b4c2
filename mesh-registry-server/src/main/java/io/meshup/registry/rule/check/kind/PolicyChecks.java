package io.meshup.registry.rule.check.kind;

import io.meshup.registry.rule.check.field.Durations;
import io.meshup.registry.rule.check.field.Findings;
import tools.jackson.databind.JsonNode;

/**
 * What a schema cannot say about a TrafficPolicy.
 */
public final class PolicyChecks {

	private static final long SECOND = 1_000;

	private static final long HOUR = 3_600_000;

	private static final long FOREVER = Long.MAX_VALUE;

	private PolicyChecks() {
	}

	public static void check(JsonNode spec, Findings findings) {
		between(spec.at("/outlierDetection/interval"), "/spec/outlierDetection/interval", 1, FOREVER, findings);
		between(spec.at("/outlierDetection/baseEjectionTime"), "/spec/outlierDetection/baseEjectionTime", 1, FOREVER,
				findings);
		breaker(spec, "/spec", findings);
		hash(spec.path("loadBalancer"), findings);
	}

	private static void hash(JsonNode balancer, Findings findings) {
		String algorithm = balancer.path("algorithm").asString("least-request");
		if (balancer.has("hash") && !algorithm.equals("ring-hash")) {
			findings.wrong("/spec/loadBalancer/hash",
					"must be left out unless 'algorithm' is 'ring-hash' but that is '" + algorithm + "'");
		}
	}

	static void breaker(JsonNode parent, String at, Findings findings) {
		between(parent.at("/circuitBreaker/window"), at + "/circuitBreaker/window", SECOND, HOUR, findings);
		between(parent.at("/circuitBreaker/openDuration"), at + "/circuitBreaker/openDuration", 1, FOREVER, findings);
	}

	private static void between(JsonNode value, String at, long least, long most, Findings findings) {
		long millis = Durations.millis(value);
		if (millis != Durations.NONE && (millis < least || millis > most)) {
			String must = (most == FOREVER) ? "longer than 0s" : "between 1s and 1h";
			findings.wrong(at, "must be " + must + " but was " + value.asString());
		}
	}

}
