package io.meshup.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what the shell offers, in a bash.
 */
class CompletionTests extends CommandTests {

	@Test
	void offersCommandsOptionsAndWordsOfOptions() throws Exception {
		assertThat(offered("dr")).containsExactly("drain");
		assertThat(offered("drain", "--")).contains("--undo", "--wait", "--version");
		assertThat(offered("services", "-o", "")).containsExactly("table", "yaml", "json");
		assertThat(offered("completion", "")).containsExactly("bash", "zsh");
		assertThat(offered("tokens", "create", "ci", "--role", "o")).containsExactly("operator");
		assertThat(offered("tokens", "")).containsExactly("list", "create", "revoke");
	}

	@Test
	void offersNamesThatTheRegistryKnows() throws Exception {
		assertThat(offered("drain", "--wait", "in")).containsExactly("instances-of-");
		assertThat(offered("drain", "inventory", "--version", "")).containsExactly("versions-of-inventory");
		assertThat(offered("history", "")).containsExactly("rules-of-");
		assertThat(offered("get", "r")).containsExactly("rules-of-");
		assertThat(offered("get", "R")).containsExactly("Route", "RateLimit");
		assertThat(offered("rollback", "Route/inventory", "--to", "")).containsExactly("revisions-of-Route/inventory");
		assertThat(offered("explain", "inventory/x", "--from", "s")).containsExactly("services-of-");
	}

	@Test
	void asksTheRegistryForNamesAndOffersNothingWithoutIt() {
		this.registry.on("GET /api/v1/services", 200, "services.json")
			.on("GET /api/v1/services/inventory", 200, "service-inventory.json")
			.on("GET /api/v1/rules", 200, "rules.json")
			.on("GET /api/v1/rules/Route/inventory/history", 200, "history.json");

		assertThat(run("names", "services").out()).contains("inventory\n");
		assertThat(run("names", "versions", "inventory").out().lines()).containsExactly("v1", "v2");
		assertThat(run("names", "rules").out()).contains("Route/inventory\n");
		assertThat(run("names", "revisions", "Route/inventory").out()).contains("11\n");
		this.registry.close();
		assertThat(run("names", "services")).isEqualTo(new Run.Outcome(0, "", ""));
	}

	/**
	 * What bash offers for the last word, with a meshctl that names what it was asked
	 * for.
	 */
	private List<String> offered(String... words) throws IOException, InterruptedException {
		Path script = Files.writeString(this.home.resolve("complete.bash"), run("completion", "bash").out() + """
				meshctl() { echo "$2-of-$3"; }
				compopt() { :; }
				COMP_WORDS=(meshctl "$@")
				COMP_CWORD=$#
				_meshctl meshctl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
				printf '%s\\n' "${COMPREPLY[@]}"
				""");
		Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-------"));
		List<String> command = new ArrayList<>(List.of("bash", script.toString()));
		command.addAll(List.of(words));
		Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
		String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
		return answer.lines().filter((line) -> !line.isBlank()).toList();
	}

}
