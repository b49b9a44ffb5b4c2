package io.meshup.cli.traffic;

import java.util.ArrayList;
import java.util.List;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Pause;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl top}.
 */
@Command(name = "top", description = "Shows live rates, the busiest first, and redraws each second. Ctrl-C ends it.",
		footer = { "", "Examples:", "  meshctl top", "  meshctl top --once | head -5" })
public final class TopCommand extends RegistryCommand {

	private static final String TO_TOP = "\u001b[H";

	private static final String CLEAR_LINE = "\u001b[K";

	private static final String CLEAR_BELOW = "\u001b[J";

	private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";

	private static final String BACK = "\u001b[?25h\u001b[?1049l";

	@Option(names = "--once", description = "Shows the present rates once; so it is where no terminal is.")
	private boolean isOnce;

	@Option(names = { "-n", "--times" }, paramLabel = "COUNT", description = "How often, one below the other.")
	private int times;

	@Option(names = "--window", paramLabel = "DURATION", defaultValue = "10s",
			description = "Over which time, 10s to 5m (default ${DEFAULT-VALUE}).")
	private String window = "";

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public TopCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		if (terminal().interactive() && !this.isOnce && this.times == 0) {
			redraw(registry);
			return ExitCode.OK;
		}
		for (int i = 0; i < Math.max(1, this.isOnce ? 1 : this.times); i++) {
			if (i > 0) {
				say("");
				Pause.of(1000);
			}
			lines(registry).forEach(this::say);
			out().flush();
		}
		return ExitCode.OK;
	}

	private void redraw(RegistryClient registry) {
		List<String> first = lines(registry);
		Thread back = new Thread(() -> {
			out().print(BACK);
			out().flush();
		});
		Runtime.getRuntime().addShutdownHook(back);
		out().print(OTHER_SCREEN);
		draw(first);
		while (!Thread.currentThread().isInterrupted()) {
			Pause.of(1000);
			draw(linesOrFailure(registry));
		}
	}

	private void draw(List<String> lines) {
		out().print(TO_TOP);
		lines.stream().limit(terminal().size().rows() - 1L).forEach((line) -> out().print(line + CLEAR_LINE + "\r\n"));
		out().print(CLEAR_BELOW);
		out().flush();
	}

	/**
	 * A registry that restarts does not end the picture.
	 * @param registry the registry
	 * @return what to show
	 */
	private List<String> linesOrFailure(RegistryClient registry) {
		try {
			return lines(registry);
		}
		catch (CommandFailure ex) {
			return List.of(style().bad(ex.message()), "Trying again each second. Ctrl-C ends this.");
		}
	}

	private List<String> lines(RegistryClient registry) {
		JsonNode topology = registry.get(ApiPath.of("topology").with("window", this.window));
		double rate = topology.path("edges").valueStream().mapToDouble((edge) -> edge.path("rate").asDouble(0)).sum();
		double errors = topology.path("edges")
			.valueStream()
			.mapToDouble((edge) -> edge.path("errorRate").asDouble(0))
			.sum();
		List<String> lines = new ArrayList<>();
		lines.add(Text.of(topology, "to") + "  " + Text.number(rate) + " calls/s, " + Text.number(errors)
				+ " errors/s over the last " + this.window);
		lines.addAll(new EdgeTable(style()).of(topology).lines(terminal()));
		return lines;
	}

}
