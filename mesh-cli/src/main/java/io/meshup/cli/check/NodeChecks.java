package io.meshup.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * Looks at the nodes of the registry.
 *
 * @param expected how many there should be; 0 when that is not known
 */
record NodeChecks(int expected) {

	List<Finding> of(RegistryClient registry) {
		JsonNode answer = registry.get(ApiPath.of("nodes"));
		List<JsonNode> nodes = answer.path("nodes").valueStream().toList();
		List<Finding> findings = new ArrayList<>();
		List<String> cutOff = nodes.stream()
			.filter((node) -> !node.path("connected").asBoolean(true))
			.map((node) -> Text.of(node, "id"))
			.toList();
		if (!cutOff.isEmpty()) {
			findings.add(Finding.problem("registry",
					"node " + InstanceChecks.named(cutOff) + " is cut off from Redis: rules cannot be changed there, "
							+ "and what the other nodes know is not seen",
					"look at Redis and the network between; participants move to another node by themselves"));
		}
		if (nodes.size() < this.expected) {
			findings.add(Finding.problem("registry",
					Text.count(nodes.size(), "node") + " of " + this.expected + " there: " + names(nodes),
					"start the others, or look at their logs; instances of a lost node have moved to these"));
		}
		for (JsonNode strangers : answer.path("strangers")) {
			findings.add(Finding.problem("registry",
					Text.count(strangers.path("participants").asLong(0), "participant")
							+ " came within the last hour with the state of another registry, '"
							+ Text.of(strangers, "registry") + "': its rules and history are not here",
					"if the data directory or Redis was lost or replaced, restore the backup; if this is not their "
							+ "registry, correct mesh.registry.urls"));
		}
		if (findings.isEmpty() && !nodes.isEmpty()) {
			findings.add(Finding.ok("nodes",
					((nodes.size() == 1) ? "one node: " : nodes.size() + " nodes: ") + names(nodes)));
		}
		return findings;
	}

	private static String names(List<JsonNode> nodes) {
		return nodes.stream()
			.map((node) -> Text.of(node, "id") + " with " + Text.count(node.path("instances").asLong(0), "instance")
					+ ((nodes.size() > 1 && node.path("self").asBoolean(false)) ? " (answers)" : ""))
			.collect(Collectors.joining(", "));
	}

}
