package io.meshup.cli.instance;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code meshctl drain SERVICE/ID} and {@code meshctl drain SERVICE --version v1}.
 */
@Command(name = "drain",
		description = "Takes an instance, or all of a version, out of use without stopping it, and back with --undo.",
		footer = { "", "Examples:", "  meshctl drain inventory/127.0.0.1-40111 --wait",
				"  meshctl drain inventory --version v1", "  meshctl drain inventory --version v1 --undo" })
public final class DrainCommand extends RegistryCommand {

	@Parameters(paramLabel = "SERVICE[/ID]", description = "The instance; or the service, with --version.")
	private String target = "";

	@Option(names = "--version", paramLabel = "VERSION",
			description = "Every instance of this version, also those that come later.")
	private String version = "";

	@Option(names = "--undo", description = "Takes the drain back.")
	private boolean isUndone;

	@Option(names = "--wait", description = "Waits until every caller has confirmed, and shows who is still awaited.")
	private boolean isAwaited;

	@Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60",
			description = "How long --wait waits (default ${DEFAULT-VALUE}); then exit code 1.")
	private int timeout;

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public DrainCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		String[] parts = this.target.split("/", 2);
		if ((parts.length == 2) != this.version.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE,
					"Name an instance as SERVICE/ID, or a version as SERVICE --version VERSION ('meshctl instances "
							+ parts[0] + "' lists them).");
		}
		ApiPath path = (parts.length == 2) ? ApiPath.of("services", parts[0], "instances", parts[1], "drain")
				: ApiPath.of("services", parts[0], "versions", this.version, "drain");
		String what = (parts.length == 2) ? this.target : parts[0] + " " + this.version;
		if (this.isUndone) {
			registry.send("DELETE", path);
			say("No drain holds " + what + " any more: it is chosen again once it says that it is up.");
			return ExitCode.OK;
		}
		registry.send("POST", path);
		say(what + " is draining. Take it back with: meshctl drain " + this.target
				+ (this.version.isEmpty() ? "" : " --version " + this.version) + " --undo");
		out().flush();
		return this.isAwaited ? await(registry, parts) : ExitCode.OK;
	}

	private ExitCode await(RegistryClient registry, String[] parts) {
		String id = (parts.length == 2) ? parts[1] : "";
		DrainWatch watch = new DrainWatch(registry, terminal(), parts[0], id, this.version);
		return watch.await(this.timeout) ? ExitCode.OK : ExitCode.FOUND;
	}

}
