package io.meshup.traffic.door;

import java.util.LinkedHashMap;
import java.util.Map;

import io.meshup.model.MeshDuration;
import io.meshup.model.rule.Limit;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;

/**
 * The answers at the door of a service to those who should come back later.
 */
final class DoorRefusals {

	static final String RATE_LIMITED = "rate-limited";

	static final String OVERLOADED = "overloaded";

	private static final String RETRY_AFTER = "retry-after";

	private DoorRefusals() {
	}

	static Step.Reply rateLimited(String service, CompiledLimit limited, long waitNanos) {
		Limit limit = limited.limit();
		long seconds = Math.max(1, (waitNanos + 999_999_999) / 1_000_000_000);
		String whole = limited.isShared() ? "over all its instances together" : "at each of its instances";
		String each = limit.per().equals(Limit.PER_ALL) ? "" : " for each "
				+ limit.per().replace(Limit.PER_HEADER, "value of the header ").replace(Limit.PER_IP, "address");
		return later(Refusals.reply(429, RATE_LIMITED, service,
				"'" + service + "' takes at most " + limit.requests() + " requests in "
						+ MeshDuration.format(limit.period()) + each + ", " + whole + " (limits[" + limited.index()
						+ "] of '" + limited.rule().id() + "'). Send again in " + seconds
						+ " s, send less often, or raise the limit in that rule."),
				seconds);
	}

	static Step.Reply overloaded(String service, int limit) {
		return later(Refusals.reply(503, OVERLOADED, service,
				"This instance of '" + service + "' has " + limit + " requests in work, as many as it can do without "
						+ "queueing (mesh.inbound.adaptive-concurrency). Send again in 1 s, or run more instances."),
				1);
	}

	private static Step.Reply later(Step.Reply reply, long seconds) {
		Map<String, String> headers = new LinkedHashMap<>(reply.headers());
		headers.put(RETRY_AFTER, Long.toString(seconds));
		return new Step.Reply(reply.status(), Map.copyOf(headers), reply.body());
	}

}
