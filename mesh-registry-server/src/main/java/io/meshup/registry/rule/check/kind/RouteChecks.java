package io.meshup.registry.rule.check.kind;

import io.meshup.registry.rule.check.field.Durations;
import io.meshup.registry.rule.check.field.Findings;
import tools.jackson.databind.JsonNode;

/**
 * What a schema cannot say about a Route. Values of a wrong type are passed over: the
 * schema has named them already.
 */
public final class RouteChecks {

	private final Findings findings;

	public RouteChecks(Findings findings) {
		this.findings = findings;
	}

	public void check(JsonNode spec) {
		String service = spec.path("service").asString("");
		JsonNode rules = spec.path("rules");
		int catchAll = -1;
		for (int i = 0; i < rules.size(); i++) {
			JsonNode rule = rules.path(i);
			String at = "/spec/rules/" + i;
			if (catchAll >= 0) {
				this.findings.doubtful(at, "is never reached, because rule " + catchAll + " matches every request");
			}
			else if (matchesEverything(rule)) {
				catchAll = i;
			}
			matches(rule.path("matches"), at + "/matches");
			backends(rule.path("backendRefs"), at + "/backendRefs");
			new FilterChecks(this.findings).check(service, rule, at);
			PolicyChecks.breaker(rule, at, this.findings);
			times(rule, at);
		}
		if (catchAll < 0 || catchAll == rules.size() - 1) {
			new ReachChecks(this.findings).check(rules);
		}
	}

	private static boolean matchesEverything(JsonNode rule) {
		JsonNode matches = rule.path("matches");
		for (JsonNode match : matches) {
			boolean anyPath = PathChecks.isAny(match.path("path"));
			boolean free = match.path("method").isMissingNode() && match.path("headers").isEmpty()
					&& match.path("queryParams").isEmpty() && match.path("sources").isEmpty();
			if (match.isObject() && anyPath && free) {
				return true;
			}
		}
		return rule.isObject() && matches.isEmpty();
	}

	private void matches(JsonNode matches, String at) {
		MatchChecks checks = new MatchChecks(this.findings);
		for (int i = 0; i < matches.size(); i++) {
			checks.check(matches.path(i), at + "/" + i);
		}
	}

	private void backends(JsonNode backends, String at) {
		boolean weighted = backends.isEmpty();
		for (int i = 0; i < backends.size(); i++) {
			JsonNode backend = backends.path(i);
			JsonNode weight = backend.path("weight");
			weighted = weighted || !weight.isIntegralNumber() || !weight.asString().equals("0");
		}
		if (!weighted) {
			this.findings.wrong(at, "must have a weight above 0 but all are 0");
		}
	}

	private void times(JsonNode rule, String at) {
		JsonNode timeouts = rule.path("timeouts");
		long request = Durations.millis(timeouts.path("request"));
		long each = Durations.millis(timeouts.path("backendRequest"));
		if (request == 0) {
			this.findings.doubtful(at + "/timeouts/request", "0s means no limit");
		}
		if (each == 0) {
			this.findings.doubtful(at + "/timeouts/backendRequest", "0s means no limit");
		}
		if (request > 0 && each > request) {
			this.findings.wrong(at + "/timeouts/backendRequest", "must not be longer than 'request' ("
					+ timeouts.path("request").asString() + ") but was " + timeouts.path("backendRequest").asString());
		}
		JsonNode retries = rule.path("retry").path("attempts");
		long attempts = (retries.isInt() ? retries.intValue() : 2L) + 1;
		long backoff = Math.max(0, Durations.millis(rule.path("retry").path("backoff")));
		long needed = attempts * each + (attempts - 1) * backoff;
		if (request > 0 && each > 0 && each <= request && attempts <= 11 && needed > request) {
			this.findings.doubtful(at + "/timeouts",
					"'request' ends the call before all " + attempts
							+ " attempts of 'backendRequest' have had their time: " + attempts + " x " + each + "ms + "
							+ (attempts - 1) + " x " + backoff + "ms backoff = " + needed + "ms, but 'request' is "
							+ request + "ms");
		}
	}

}
