package io.meshup.traffic.step;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.meshup.model.Instance;
import io.meshup.model.MeshDuration;
import io.meshup.model.MeshJson;
import io.meshup.model.rule.policy.Fallback;
import io.meshup.traffic.request.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * The answers that the mesh gives itself, as problem details.
 */
public final class Refusals {

	static final String NO_INSTANCE = "no-instance";

	static final String CIRCUIT_OPEN = "circuit-open";

	static final String TIMEOUT = "timeout";

	static final String DEADLINE = "deadline";

	static final String BULKHEAD_FULL = "bulkhead-full";

	static final String FAULT = "fault";

	/** The reason of an answer that sends the caller elsewhere. */
	public static final String REDIRECT = "redirect";

	static final String WRONG_INSTANCE = "wrong-instance";

	static final String HOP_LIMIT = "hop-limit";

	/** What HTTP says to a request that came to the wrong server. */
	static final int MISDIRECTED = 421;

	/** Why the mesh answered itself. */
	public static final String REASON_HEADER = "x-mesh-reason";

	private Refusals() {
	}

	public static String reason(Step.Reply refusal) {
		return refusal.headers().getOrDefault(REASON_HEADER, "");
	}

	public static Step.Reply unknown(String service) {
		return reply(503, NO_INSTANCE, service, "No service '" + service
				+ "' is known to the mesh. Check its name, and that an instance of it has joined.");
	}

	public static Step.Reply untold(String service) {
		return reply(503, NO_INSTANCE, service, "The service '" + service
				+ "' is in the mesh, but it is called here for the first time and the registry has not said where it "
				+ "is. Look why the registry cannot be reached; with mesh.registry.watch=all services are known before "
				+ "they are called.");
	}

	// Of the instances that are listed, none could be called; those of lanes are for
	// lanes
	// only.
	public static Step.Reply noInstance(String service, String wanted, List<Instance> instances, String lanes) {
		List<Instance> base = instances.stream().filter((instance) -> instance.lane() == null).toList();
		if (base.isEmpty() && !lanes.isEmpty()) {
			return reply(503, NO_INSTANCE, service, "Instances of '" + service + "' are listed only in lanes: " + lanes
					+ ". Start one without mesh.lane, or send the request in a lane.");
		}
		if (base.isEmpty() || wanted.isEmpty()) {
			return reply(503, NO_INSTANCE, service,
					"No instance of '" + service + "' is listed. Start one, or look at why they left.");
		}
		TreeSet<String> versions = new TreeSet<>();
		base.forEach((instance) -> versions.add(instance.version()));
		return reply(503, NO_INSTANCE, service,
				"No instance of '" + service + "' matches version '" + wanted + "' (known: "
						+ String.join(", ", versions) + "). Deploy it or change the split in the route of '" + service
						+ "'.");
	}

	public static Step.Reply circuitOpen(String service, @Nullable Fallback fallback) {
		if (fallback != null) {
			return new Step.Reply(fallback.status(),
					Map.of(REASON_HEADER, CIRCUIT_OPEN, "content-type", fallback.contentType()),
					fallback.body().getBytes(StandardCharsets.UTF_8));
		}
		return reply(503, CIRCUIT_OPEN, service, "The circuit breaker of '" + service
				+ "' is open: too many of its calls failed or were slow. It lets probes through after its openDuration.");
	}

	public static Step.Reply timeout(String service, Duration limit) {
		return reply(504, TIMEOUT, service, "'" + service + "' did not answer within " + MeshDuration.format(limit)
				+ ". Look at its latency, or raise the timeouts in its route.");
	}

	public static Step.Reply deadline(String service) {
		return reply(504, DEADLINE, service, "The time that the caller gave for its request was over before '" + service
				+ "' could answer. Look at what took it, or raise the timeouts in the route of the first service.");
	}

	public static Step.Reply bulkheadFull(String service, int limit) {
		return reply(503, BULKHEAD_FULL, service, "This caller has " + limit + " calls to '" + service
				+ "' under way, as many as the bulkhead of its policy allows. Try again when some have ended.");
	}

	public static Step.Reply fault(String service, int status) {
		return reply(status, FAULT, service,
				"The fault filter in the route of '" + service + "' aborted this call. It was not sent.");
	}

	// To the caller's engine, which tries another instance.
	public static Step.Reply wrongInstance(String service, String wanted) {
		return reply(MISDIRECTED, WRONG_INSTANCE, service, "The request is meant for '" + wanted + "', but '" + service
				+ "' has its address now. Try another instance.");
	}

	// Whether an answer says so. The instance did nothing with the request then.
	public static boolean isWrongInstance(int status, ResponseHead head) {
		return status == MISDIRECTED && WRONG_INSTANCE.equals(head.header(REASON_HEADER));
	}

	// To the application, when the only instances that were tried are others now.
	public static Step.Reply moved(String service) {
		return reply(503, NO_INSTANCE, service, "What was an instance of '" + service
				+ "' is another service now, and no other instance could take the request. Try again in a second.");
	}

	public static Step.Reply hopLimit(String service, int most) {
		return reply(508, HOP_LIMIT, service, "The request came over more than " + most
				+ " services, so it goes round in circles. Look at which services call each other.");
	}

	public static Step.Reply reply(int status, String reason, String service, String detail) {
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", "about:blank");
		problem.put("title", title(status));
		problem.put("status", status);
		problem.put("detail", detail);
		problem.put("service", service);
		problem.put("reason", reason);
		return new Step.Reply(status, Map.of(REASON_HEADER, reason, "content-type", "application/problem+json"),
				MeshJson.write(problem));
	}

	private static String title(int status) {
		return switch (status) {
			case MISDIRECTED -> "Misdirected Request";
			case 429 -> "Too Many Requests";
			case 503 -> "Service Unavailable";
			case 504 -> "Gateway Timeout";
			case 508 -> "Loop Detected";
			default -> "Aborted";
		};
	}

}
