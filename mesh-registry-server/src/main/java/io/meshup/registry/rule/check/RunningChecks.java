package io.meshup.registry.rule.check;

import java.util.Set;
import java.util.TreeSet;

import io.meshup.registry.rule.check.field.Findings;
import tools.jackson.databind.JsonNode;

/**
 * Warns of what a rule names but does not run.
 */
final class RunningChecks {

	private final RunningVersions running;

	RunningChecks(RunningVersions running) {
		this.running = running;
	}

	void check(JsonNode spec, Findings findings) {
		String service = spec.path("service").asString("");
		Set<String> versions = this.running.versionsOf(service);
		if (versions.isEmpty()) {
			findings.doubtful("/spec/service",
					"no instance of '" + service + "' runs at present; the rule holds as soon as one does");
			return;
		}
		JsonNode rules = spec.path("rules");
		for (int i = 0; i < rules.size(); i++) {
			JsonNode backends = rules.path(i).path("backendRefs");
			for (int j = 0; j < backends.size(); j++) {
				target(service, backends.path(j), "/spec/rules/" + i + "/backendRefs/" + j, findings);
			}
			JsonNode filters = rules.path(i).path("filters");
			for (int j = 0; j < filters.size(); j++) {
				target(service, filters.path(j).path("requestMirror"),
						"/spec/rules/" + i + "/filters/" + j + "/requestMirror", findings);
			}
		}
	}

	private void target(String home, JsonNode target, String at, Findings findings) {
		String service = target.path("service").asString(home);
		String version = target.path("version").asString("");
		Set<String> versions = this.running.versionsOf(service);
		if (versions.isEmpty() && !service.equals(home)) {
			findings.doubtful(at + "/service", "no instance of '" + service + "' runs at present");
		}
		else if (!version.isEmpty() && !versions.contains(version)) {
			findings.doubtful(at + "/version", "no instance of '" + service + "' in version '" + version
					+ "' runs at present (running: " + String.join(", ", new TreeSet<>(versions)) + ")");
		}
	}

}
