package io.meshup.cli.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code meshctl backup}.
 */
@Command(name = "backup",
		description = "Copies all that the registry keeps: rules, history, audit log, tokens, drains "
				+ "(administrators only). The registry goes on meanwhile.",
		footer = { "", "Example:", "  meshctl backup mesh-$(date +%%F).db", "",
				"To restore: stop the registry, put the file in its data directory as 'mesh.db',",
				"delete 'mesh.db-journal' there, and start it." })
public final class BackupCommand extends RegistryCommand {

	@Parameters(paramLabel = "FILE", description = "Where to. What is there is replaced once all has come.")
	private Path file = Path.of("mesh.db");

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public BackupCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		registry.download(ApiPath.of("backup"), this.file);
		say("wrote " + this.file + " (" + size() + ")");
		return ExitCode.OK;
	}

	private String size() {
		try {
			long kilobytes = Math.max(1, Files.size(this.file) / 1024);
			return (kilobytes < 10_240) ? kilobytes + " KB" : kilobytes / 1024 + " MB";
		}
		catch (IOException ex) {
			return "its size cannot be read: " + ex.getMessage();
		}
	}

}
