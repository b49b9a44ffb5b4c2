package io.meshup.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import io.meshup.cli.account.AuditCommand;
import io.meshup.cli.account.BackupCommand;
import io.meshup.cli.account.LoginCommand;
import io.meshup.cli.account.LogoutCommand;
import io.meshup.cli.account.TokenCreateCommand;
import io.meshup.cli.account.TokenGroup;
import io.meshup.cli.account.TokenRevokeCommand;
import io.meshup.cli.account.TokensCommand;
import io.meshup.cli.check.CheckCommand;
import io.meshup.cli.instance.DrainCommand;
import io.meshup.cli.instance.InstancesCommand;
import io.meshup.cli.instance.NodesCommand;
import io.meshup.cli.instance.ServicesCommand;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.rule.ApplyCommand;
import io.meshup.cli.rule.DeleteCommand;
import io.meshup.cli.rule.DiffCommand;
import io.meshup.cli.rule.ExportCommand;
import io.meshup.cli.rule.GetCommand;
import io.meshup.cli.rule.HistoryCommand;
import io.meshup.cli.rule.RollbackCommand;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import io.meshup.cli.traffic.ExplainCommand;
import io.meshup.cli.traffic.TopCommand;
import io.meshup.cli.traffic.TopologyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.JsonNode;

/**
 * The command line of the registry's operators.
 */
@Command(name = "meshctl", mixinStandardHelpOptions = true, versionProvider = Meshctl.Version.class,
		synopsisSubcommandLabel = "COMMAND", usageHelpAutoWidth = true,
		description = "Looks at and steers a mesh. 'meshctl COMMAND --help' tells more.",
		footer = { "", "Sign in with 'meshctl login', or set MESH_REGISTRY, MESH_USER and MESH_PASSWORD",
				"(or MESH_TOKEN_API); beside the demo shop: eval \"$(./demo.sh env)\"", "",
				"Exit codes: 0 well, 1 something found (check, diff, drain --wait, audit --verify),",
				"2 wrong usage, 3 registry not reachable, 4 not signed in or not allowed,",
				"5 refused (not valid, not there, changed meanwhile), 70 a defect of meshctl" })
public final class Meshctl {

	private static final int DEFECT = 70;

	private static final int LAST = 100;

	private static final int USUAL_COLUMNS = 80;

	private static final int USUAL_ROWS = 24;

	private Meshctl() {
	}

	/**
	 * Runs one command.
	 * @param args the command and its options
	 */
	public static void main(String[] args) {
		System.exit(commandLine(system()).execute(args));
	}

	/**
	 * All commands.
	 * @param terminal what is around them
	 * @return what takes the arguments
	 */
	static CommandLine commandLine(Terminal terminal) {
		CommandLine all = new CommandLine(new Meshctl());
		List<Object> commands = List.of(new CheckCommand(terminal), new ServicesCommand(terminal),
				new InstancesCommand(terminal), new NodesCommand(terminal), new DrainCommand(terminal),
				new TopCommand(terminal), new TopologyCommand(terminal), new ExplainCommand(terminal),
				new GetCommand(terminal), new ApplyCommand(terminal), new DiffCommand(terminal),
				new HistoryCommand(terminal), new RollbackCommand(terminal), new DeleteCommand(terminal),
				new ExportCommand(terminal), new BackupCommand(terminal), new AuditCommand(terminal));
		commands.forEach(all::addSubcommand);
		all.addSubcommand(new CommandLine(new TokenGroup()).addSubcommand(new TokensCommand(terminal))
			.addSubcommand(new TokenCreateCommand(terminal))
			.addSubcommand(new TokenRevokeCommand(terminal)));
		all.addSubcommand(new LoginCommand(terminal))
			.addSubcommand(new LogoutCommand(terminal))
			.addSubcommand(new CompletionCommand(terminal))
			.addSubcommand(new NamesCommand(terminal));
		helpFor(all);
		all.setOut(terminal.out()).setErr(terminal.err()).setCaseInsensitiveEnumValuesAllowed(true);
		all.setColorScheme(CommandLine.Help
			.defaultColorScheme(terminal.style().isColoured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
		all.setUsageHelpWidth(Math.max(USUAL_COLUMNS, Math.min(terminal.columns(), 120)));
		all.setParameterExceptionHandler((exception, arguments) -> misused(exception, terminal));
		all.setExecutionExceptionHandler((exception, command, parsed) -> failed(exception, terminal));
		return all;
	}

	private static void helpFor(CommandLine group) {
		for (CommandLine command : group.getSubcommands().values()) {
			helpFor(command);
			command.getCommandSpec()
				.addOption(OptionSpec.builder("-h", "--help")
					.usageHelp(true)
					.order(LAST)
					.description("Shows this help.")
					.build());
		}
	}

	// One sentence and where to read on: the whole help would push it out of sight.
	private static int misused(ParameterException exception, Terminal terminal) {
		CommandLine command = exception.getCommandLine();
		String name = command.getCommandSpec().qualifiedName();
		boolean isUnknown = exception instanceof CommandLine.UnmatchedArgumentException;
		if (!isUnknown && !command.getSubcommands().isEmpty()) {
			command.usage(terminal.err());
		}
		else {
			terminal.err().println(terminal.style().bad("meshctl: ") + exception.getMessage() + ".");
			CommandLine.UnmatchedArgumentException.printSuggestions(exception, terminal.err());
			terminal.err().println("'" + name + " --help' shows what it takes.");
		}
		terminal.err().flush();
		return ExitCode.USAGE.number();
	}

	private static int failed(Exception exception, Terminal terminal) {
		terminal.out().flush();
		if (!(exception instanceof CommandFailure failure)) {
			terminal.err().println("meshctl failed by a defect of its own; please report this:");
			exception.printStackTrace(terminal.err());
			terminal.err().flush();
			return DEFECT;
		}
		terminal.err().println(terminal.style().bad("meshctl: ") + failure.message());
		for (JsonNode violation : failure.violations()) {
			terminal.err()
				.println("  " + (Text.of(violation, "pointer") + " ").stripLeading() + Text.of(violation, "message"));
		}
		terminal.err().flush();
		return failure.code().number();
	}

	/**
	 * The launcher knows best whether a person looks and how wide the window is.
	 * @return what is around this process
	 */
	private static Terminal system() {
		Console console = System.console();
		String tty = System.getProperty("meshctl.tty", "");
		boolean isInteractive = tty.isEmpty() ? console != null : tty.equals("true");
		Terminal.Size size = new Terminal.Size(atLeast(40, "meshctl.columns", USUAL_COLUMNS),
				atLeast(5, "meshctl.rows", USUAL_ROWS));
		return new Terminal(System.getenv(), Path.of(System.getProperty("user.home")), System.in,
				new PrintWriter(System.out, false, StandardCharsets.UTF_8),
				new PrintWriter(System.err, true, StandardCharsets.UTF_8), isInteractive, size, InstantSource.system(),
				Meshctl::secret);
	}

	private static int atLeast(int least, String property, int usual) {
		int number = Integer.getInteger(property, usual);
		return (number >= least) ? number : usual;
	}

	private static String secret(String question) {
		Console console = System.console();
		if (console == null) {
			throw new CommandFailure(ExitCode.USAGE, "There is no terminal to ask for a secret. Set MESH_PASSWORD, "
					+ "or pipe the password in with --password-stdin, or set MESH_TOKEN_API.");
		}
		char[] typed = console.readPassword("%s", question);
		return (typed != null) ? new String(typed) : "";
	}

	/**
	 * The version of the jar.
	 */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = Meshctl.class.getPackage().getImplementationVersion();
			return new String[] { "meshctl " + ((version != null) ? version : "(not packaged)") };
		}

	}

}
