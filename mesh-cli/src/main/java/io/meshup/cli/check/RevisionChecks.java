package io.meshup.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.meshup.cli.terminal.Pause;
import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * Looks for callers that do not apply what the registry has told them. A caller confirms
 * with its next beat, so the late ones get a second look.
 *
 * @param look asks for a service again
 * @param patience how long a caller may take, in milliseconds
 */
record RevisionChecks(Function<String, JsonNode> look, long patience) {

	List<Finding> of(List<JsonNode> details) {
		List<JsonNode> late = details.stream()
			.filter((detail) -> !behind(detail, detail.path("revision").asLong(0)).isEmpty())
			.toList();
		if (late.isEmpty()) {
			return List.of();
		}
		Pause.of(this.patience);
		List<Finding> findings = new ArrayList<>();
		for (JsonNode detail : late) {
			long revision = detail.path("revision").asLong(0);
			String service = Text.of(detail, "name");
			List<String> still = behind(this.look.apply(service), revision);
			if (!still.isEmpty()) {
				findings.add(Finding.problem(service,
						InstanceChecks.named(still) + " still use what was before revision " + revision,
						"they do not hear from the registry or are stuck: look at their logs; a restart mends it"));
			}
		}
		return findings;
	}

	private static List<String> behind(JsonNode detail, long revision) {
		List<String> behind = new ArrayList<>();
		for (JsonNode watcher : detail.path("watchers")) {
			if (watcher.path("applied").asLong(0) < revision) {
				behind.add(Text.of(watcher, "service") + "/" + Text.of(watcher, "id"));
			}
		}
		return behind;
	}

}
