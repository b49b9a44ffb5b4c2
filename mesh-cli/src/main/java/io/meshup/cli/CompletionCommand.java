package io.meshup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.terminal.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code meshctl completion bash|zsh}.
 */
@Command(name = "completion", description = "Prints what makes the shell complete commands and options.",
		footer = { "", "bash:  source <(meshctl completion bash)      in ~/.bashrc",
				"zsh:   source <(meshctl completion zsh)       in ~/.zshrc, after compinit" })
final class CompletionCommand implements Callable<Integer> {

	private static final List<String> SHELLS = List.of("bash", "zsh");

	private final Terminal terminal;

	@Parameters(paramLabel = "SHELL", description = "bash or zsh.")
	private String shell = "";

	@Spec
	private CommandSpec spec = CommandSpec.create();

	CompletionCommand(Terminal terminal) {
		this.terminal = terminal;
	}

	@Override
	public Integer call() {
		if (!SHELLS.contains(this.shell)) {
			throw new CommandFailure(ExitCode.USAGE, "'" + this.shell + "' is not known; say bash or zsh.");
		}
		this.terminal.out().print(AutoComplete.bash("meshctl", this.spec.root().commandLine()));
		this.terminal.out().print(names());
		this.terminal.out().flush();
		return ExitCode.OK.number();
	}

	private static String names() {
		try (InputStream stream = CompletionCommand.class.getResourceAsStream("completion.bash")) {
			if (stream == null) {
				throw new IllegalStateException("completion.bash is missing in the jar");
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
