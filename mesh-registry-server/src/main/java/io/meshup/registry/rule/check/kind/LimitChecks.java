package io.meshup.registry.rule.check.kind;

import io.meshup.model.rule.Limit;
import io.meshup.registry.rule.check.field.Durations;
import io.meshup.registry.rule.check.field.Findings;
import tools.jackson.databind.JsonNode;

/**
 * What a schema cannot say about a RateLimit.
 */
public final class LimitChecks {

	private final Findings findings;

	public LimitChecks(Findings findings) {
		this.findings = findings;
	}

	public void check(JsonNode spec) {
		MatchChecks matches = new MatchChecks(this.findings);
		JsonNode limits = spec.path("limits");
		for (int i = 0; i < limits.size(); i++) {
			JsonNode limit = limits.path(i);
			String at = "/spec/limits/" + i;
			matches.check(limit.path("match"), at + "/match");
			String per = limit.path("per").asString("");
			if (per.startsWith(Limit.PER_HEADER)) {
				matches.header(per.substring(Limit.PER_HEADER.length()), at + "/per");
			}
			period(limit.path("period"), at + "/period");
			burst(limit, at + "/burst");
		}
	}

	private void period(JsonNode value, String at) {
		long millis = Durations.millis(value);
		if (millis != Durations.NONE
				&& (millis < Limit.MIN_PERIOD.toMillis() || millis > Limit.MAX_PERIOD.toMillis())) {
			this.findings.wrong(at, "must be between 100ms and 24h but was " + value.asString());
		}
	}

	private void burst(JsonNode limit, String at) {
		JsonNode burst = limit.path("burst");
		JsonNode requests = limit.path("requests");
		if (burst.canConvertToLong() && requests.canConvertToLong() && burst.asLong() < requests.asLong()) {
			this.findings.doubtful(at, "of the " + requests.asLong() + " requests no more than " + burst.asLong()
					+ " may come at once; leave it out where any distribution over the period is fine");
		}
	}

}
