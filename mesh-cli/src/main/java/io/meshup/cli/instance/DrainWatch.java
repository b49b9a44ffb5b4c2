package io.meshup.cli.instance;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Pause;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * Follows drains until nobody is awaited any more, and says each time that something
 * changed.
 *
 * @param registry the registry
 * @param terminal where it is said
 * @param service the service
 * @param id the instance, empty for all of the version
 * @param version the version, empty for one instance
 */
record DrainWatch(RegistryClient registry, Terminal terminal, String service, String id, String version) {

	private static final long MILLIS_BETWEEN = 300;

	boolean await(int seconds) {
		Instant end = this.terminal.clock().instant().plusSeconds(seconds);
		Map<String, String> said = new LinkedHashMap<>();
		while (true) {
			boolean isDone = true;
			for (JsonNode instance : this.registry.get(ApiPath.of("services", this.service)).path("instances")) {
				if (isMeant(instance)) {
					isDone &= DrainText.isDone(instance.path("drain"));
					say(said, Text.of(instance, "id"), DrainText.progress(instance.path("drain")));
				}
			}
			if (isDone || this.terminal.clock().instant().isAfter(end)) {
				this.terminal.out()
					.println(isDone ? "Drained: every caller has confirmed." : "Not drained after " + seconds
							+ " s. It goes on; 'meshctl instances " + this.service + "' shows how far it is.");
				return isDone;
			}
			Pause.of(MILLIS_BETWEEN);
		}
	}

	private boolean isMeant(JsonNode instance) {
		return this.id.isEmpty() ? Text.of(instance, "version").equals(this.version)
				: Text.of(instance, "id").equals(this.id);
	}

	private void say(Map<String, String> said, String instance, String progress) {
		if (!progress.equals(said.put(instance, progress))) {
			this.terminal.out().println("  " + instance + ": " + progress);
			this.terminal.out().flush();
		}
	}

}
