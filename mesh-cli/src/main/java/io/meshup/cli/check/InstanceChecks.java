package io.meshup.cli.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * Looks at the instances of one service.
 */
final class InstanceChecks {

	private static final int NAMED = 5;

	private InstanceChecks() {
	}

	static List<Finding> of(JsonNode detail) {
		String service = Text.of(detail, "name");
		Map<String, List<String>> byStatus = new LinkedHashMap<>();
		Set<String> rejections = new TreeSet<>();
		for (JsonNode instance : detail.path("instances")) {
			byStatus.computeIfAbsent(Text.of(instance, "status"), (status) -> new ArrayList<>())
				.add(Text.of(instance, "id"));
			for (JsonNode rejected : instance.path("rejected")) {
				rejections.add(Text.of(rejected, "rule") + " (revision " + Text.of(rejected, "revision") + "): "
						+ Text.of(rejected, "reason"));
			}
		}
		List<Finding> findings = new ArrayList<>();
		if (byStatus.containsKey("UP")) {
			byStatus.forEach((status, ids) -> findings.addAll(status(service, status, ids)));
		}
		else {
			findings.add(withoutAnyUp(service, byStatus));
		}
		rejections.forEach((rejection) -> findings.add(Finding.problem(service,
				"cannot use the rule " + rejection + "; the last good one stays in force there",
				"update the application's mesh-spring-boot-starter, or put the rule back with 'meshctl rollback'")));
		return findings;
	}

	private static Finding withoutAnyUp(String service, Map<String, List<String>> byStatus) {
		if (byStatus.isEmpty()) {
			return Finding.problem(service, "has rules or drains but no instance",
					"start it, or delete what names it ('meshctl get' lists the rules)");
		}
		String others = byStatus.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + named(entry.getValue()))
			.collect(Collectors.joining("; "));
		String undo = byStatus.containsKey("DRAINING") ? "; 'meshctl drain --undo' takes an operator's drain back" : "";
		return Finding.problem(service, "has no instance that is UP (" + others + ")",
				"see 'meshctl instances " + service + "' and the logs of the application" + undo);
	}

	private static List<Finding> status(String service, String status, List<String> ids) {
		String which = named(ids);
		return switch (status) {
			case "SUSPECT" -> List.of(Finding.problem(service, "lost the line to " + which + " (SUSPECT)",
					"an instance that ended goes by itself; else look at its log and the network between"));
			case "DOWN" -> List.of(Finding.problem(service, "not ready (DOWN): " + which,
					"look at /actuator/health/readiness there, and at the log"));
			case "DRAINING" -> List.of(Finding.note(service, "draining: " + which,
					"'meshctl instances " + service + "' shows how far; 'meshctl drain --undo' takes it back"));
			case "STARTING" -> List.of(Finding.note(service, "starting: " + which, ""));
			default -> List.of();
		};
	}

	static String named(List<String> ids) {
		String more = (ids.size() > NAMED) ? " and " + (ids.size() - NAMED) + " more" : "";
		return String.join(", ", ids.subList(0, Math.min(NAMED, ids.size()))) + more;
	}

}
