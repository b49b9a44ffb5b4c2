package io.meshup.traffic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import io.meshup.model.MeshDuration;
import io.meshup.model.MeshJson;
import io.meshup.route.Split;

/**
 * The answers that the mesh gives itself, as problem details.
 */
final class Refusals {

	static final String NO_INSTANCE = "no-instance";

	static final String CIRCUIT_OPEN = "circuit-open";

	static final String TIMEOUT = "timeout";

	private static final String REASON_HEADER = "x-mesh-reason";

	private Refusals() {
	}

	static String reason(Step.Reply refusal) {
		return refusal.headers().getOrDefault(REASON_HEADER, "");
	}

	static Step.Reply unknown(String service) {
		return reply(503, NO_INSTANCE, service, "No service '" + service
				+ "' is known to the mesh. Check its name, and that an instance of it has joined.");
	}

	static Step.Reply noInstance(ServiceView view, Split split) {
		String service = view.service();
		String wanted = split.version(0);
		if (view.instances().isEmpty() || wanted.isEmpty()) {
			return reply(503, NO_INSTANCE, service,
					"No instance of '" + service + "' is listed. Start one, or look at why they left.");
		}
		TreeSet<String> versions = new TreeSet<>();
		view.instances().forEach((instance) -> versions.add(instance.version()));
		return reply(503, NO_INSTANCE, service,
				"No instance of '" + service + "' matches version '" + wanted + "' (known: "
						+ String.join(", ", versions) + "). Deploy it or change the split in the route of '" + service
						+ "'.");
	}

	static Step.Reply circuitOpen(String service) {
		return reply(503, CIRCUIT_OPEN, service, "The circuit breaker of '" + service
				+ "' is open: too many of its calls failed or were slow. It lets probes through after its openDuration.");
	}

	static Step.Reply timeout(String service, Duration limit) {
		return reply(504, TIMEOUT, service, "'" + service + "' did not answer within " + MeshDuration.format(limit)
				+ ". Look at its latency, or raise the timeouts in its route.");
	}

	private static Step.Reply reply(int status, String reason, String service, String detail) {
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", "about:blank");
		problem.put("title", (status == 504) ? "Gateway Timeout" : "Service Unavailable");
		problem.put("status", status);
		problem.put("detail", detail);
		problem.put("service", service);
		problem.put("reason", reason);
		return new Step.Reply(status, Map.of(REASON_HEADER, reason, "content-type", "application/problem+json"),
				MeshJson.write(problem));
	}

}
