package io.meshup.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Style;
import io.meshup.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A command that talks with a registry. Used once, by one thread.
 */
@Command(sortOptions = false, synopsisHeading = "Usage: ", usageHelpAutoWidth = true)
public abstract class RegistryCommand implements Callable<Integer> {

	private final Terminal terminal;

	@Mixin
	private ConnectionOptions connection = new ConnectionOptions();

	protected RegistryCommand(Terminal terminal) {
		this.terminal = terminal;
	}

	@Override
	public final Integer call() {
		ExitCode code = run(registry());
		out().flush();
		return code.number();
	}

	/**
	 * The registry with the credentials that apply. A command that brings its own
	 * credentials has another one.
	 * @return the client
	 */
	protected RegistryClient registry() {
		return this.connection.client(this.terminal);
	}

	/**
	 * Does what the command is for.
	 * @param registry the registry that is meant
	 * @return how it went
	 */
	protected abstract ExitCode run(RegistryClient registry);

	protected final Terminal terminal() {
		return this.terminal;
	}

	protected final ConnectionOptions connection() {
		return this.connection;
	}

	protected final Style style() {
		return this.terminal.style();
	}

	protected final PrintWriter out() {
		return this.terminal.out();
	}

	protected final void say(String line) {
		this.terminal.out().println(line);
	}

	protected final void warn(String line) {
		this.terminal.err().println(line);
		this.terminal.err().flush();
	}

}
