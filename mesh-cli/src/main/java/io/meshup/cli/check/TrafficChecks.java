package io.meshup.cli.check;

import java.util.ArrayList;
import java.util.List;

import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * Looks at the edges of the map.
 *
 * @param mostErrors the share of errors, in percent, from which on it is a problem
 */
record TrafficChecks(double mostErrors) {

	List<Finding> of(JsonNode topology) {
		List<Finding> findings = new ArrayList<>();
		for (JsonNode edge : topology.path("edges")) {
			String subject = end(edge.path("source")) + " -> " + end(edge.path("destination"));
			breaker(edge, subject, findings);
			errors(edge, subject, findings);
			int ejected = edge.path("ejected").asInt(0);
			if (ejected > 0) {
				findings
					.add(Finding.problem(subject, Text.count(ejected, "instance") + " left out after errors (ejected)",
							"they get calls again by themselves once they answer; 'meshctl instances "
									+ Text.of(edge.path("destination"), "service")
									+ "' lists them, their logs tell why"));
			}
		}
		return findings;
	}

	private static void breaker(JsonNode edge, String subject, List<Finding> findings) {
		String breaker = Text.of(edge, "breaker");
		String service = Text.of(edge.path("destination"), "service");
		if (breaker.equals("open")) {
			findings.add(Finding.problem(subject, "the circuit breaker is open: calls are refused without being sent",
					"find out why " + service + " fails (its log); the breaker tries again by itself"));
		}
		else if (breaker.equals("half-open")) {
			findings.add(Finding.note(subject, "the circuit breaker is half open: a few calls are tried", ""));
		}
	}

	private void errors(JsonNode edge, String subject, List<Finding> findings) {
		double rate = edge.path("rate").asDouble(0);
		double errors = edge.path("errorRate").asDouble(0);
		if (errors > 0 && 100 * errors >= this.mostErrors * rate) {
			findings.add(Finding.problem(subject,
					Text.share(errors, rate) + " of " + Text.number(rate) + " calls/s fail (limit "
							+ Text.number(this.mostErrors) + " %)",
					"'meshctl top' shows whether it goes on; 'meshctl history' what was changed; the logs of "
							+ Text.of(edge.path("destination"), "service") + " why"));
		}
	}

	private static String end(JsonNode end) {
		return (Text.of(end, "service") + " " + Text.of(end, "version")).strip();
	}

}
