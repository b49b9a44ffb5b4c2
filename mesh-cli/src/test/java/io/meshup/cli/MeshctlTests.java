package io.meshup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.meshup.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what all commands share.
 */
class MeshctlTests extends CommandTests {

	@Test
	void saysThatTheRegistryCannotBeReached() {
		this.registry.close();

		Run.Outcome outcome = run("services");

		assertThat(outcome.code()).isEqualTo(3);
		assertThat(outcome.err()).contains("Cannot reach " + this.registry.url() + ": connection refused. "
				+ "Is the registry running? Set --registry or MESH_REGISTRY.");
	}

	@Test
	void saysWhatIsWrongWithTheCredentialsButNeverShowsThem() {
		this.registry.on("GET /api/v1/services", 401, "unauthorized.json");

		Run.Outcome outcome = run("services");

		assertThat(outcome.code()).isEqualTo(4);
		assertThat(outcome.err()).contains("user 'admin' with the password of MESH_PASSWORD",
				"the user or the password is wrong");
		assertThat(outcome.err()).doesNotContain("correct horse");
	}

	@Test
	void saysWhatIsNotAllowed() {
		this.registry.on("GET /api/v1/audit?limit=50", 403, "{\"detail\":\"This needs the role admin.\"}");

		Run.Outcome outcome = run("audit");

		assertThat(outcome.code()).isEqualTo(4);
		assertThat(outcome.err()).contains("Not allowed with user 'admin'", "This needs the role admin.");
	}

	@Test
	void noticesThatSomethingElseAnswers() {
		this.registry.on("GET /api/v1/services", 200, "<html>hello</html>");

		Run.Outcome outcome = run("services");

		assertThat(outcome.code()).isEqualTo(3);
		assertThat(outcome.err()).contains("Is this the registry's address?");
	}

	@Test
	void refusesAddressesThatHoldAPassword() {
		Run.Outcome outcome = run("services", "--registry", "http://admin:secret@localhost:8761");

		assertThat(outcome.code()).isEqualTo(2);
		assertThat(outcome.err()).contains("without user and password").doesNotContain("secret");
	}

	@Test
	void suggestsCommandsForATypingMistake() {
		Run.Outcome outcome = run("servces");

		assertThat(outcome.code()).isEqualTo(2);
		assertThat(outcome.err()).contains("Did you mean", "services");
	}

	@Test
	void describesEveryCommandAndOption() {
		Meshctl.commandLine(terminal()).getSubcommands().forEach((name, command) -> {
			assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
			assertThat(command.getCommandSpec().options()).as(name)
				.allSatisfy((option) -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
		});
	}

	@Test
	void completesForBashAndZsh() {
		assertThat(run("completion", "bash").out()).contains("complete -o default -F _meshctl meshctl", "rollback");
		assertThat(run("completion", "zsh").out()).contains("bashcompinit");
		assertThat(run("completion", "fish").code()).isEqualTo(2);
	}

	@Test
	void saysWhatIsWrongInOneSentenceAndWhereToReadOn() {
		assertThat(run("apply").err())
			.contains("meshctl: Missing required option: '--file=FILE'.", "'meshctl apply --help' shows what it takes.")
			.doesNotContain("Usage:");
		assertThat(run().of().err()).contains("Usage: meshctl", "Commands:");
	}

	@Test
	void showsTheHelpOfEveryCommandWithoutAComplaint() {
		Meshctl.commandLine(terminal()).getSubcommands().keySet().forEach((name) -> {
			Run.Outcome help = run(name, "--help");

			assertThat(help.code()).as(name).isZero();
			assertThat(help.out()).as(name).contains("Usage: meshctl " + name).doesNotContain("%%");
		});
		assertThat(run("--help").out()).doesNotContain("names");
		assertThat(run("backup", "--help").out()).contains("$(date +%F)");
	}

	@Test
	void refusesAnAuthorityThatIsNone() throws IOException {
		Path file = Files.writeString(this.home.resolve("ca.pem"), "no certificate");

		Run.Outcome outcome = run("services", "--ca-file", file.toString());

		assertThat(outcome.code()).isEqualTo(2);
		assertThat(outcome.err()).contains("Cannot use '" + file + "' as --ca-file", "certificates in PEM");
		assertThat(run().with("MESH_CA_FILE", "/nowhere").of("services").err()).contains("Cannot use '/nowhere'");
	}

	private Terminal terminal() {
		PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
		return new Terminal(Map.of(), this.home, InputStream.nullInputStream(), nowhere, nowhere, false,
				new Terminal.Size(80, 24), () -> Run.NOW, (question) -> "");
	}

}
