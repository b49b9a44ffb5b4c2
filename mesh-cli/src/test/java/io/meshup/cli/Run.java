package io.meshup.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.meshup.cli.terminal.Terminal;

/**
 * Runs of the command line with an environment of the test's choice.
 */
final class Run {

	static final Instant NOW = Instant.parse("2026-11-22T13:00:10Z");

	private final Path home;

	private final Map<String, String> environment = new HashMap<>();

	private String input = "";

	private String secret = "";

	private int columns;

	Run(Path home, RecordedRegistry registry) {
		this.home = home;
		this.environment.put("MESH_REGISTRY", registry.url());
		this.environment.put("MESH_USER", "admin");
		this.environment.put("MESH_PASSWORD", "correct horse");
	}

	Run with(String variable, String value) {
		this.environment.put(variable, value);
		return this;
	}

	Run without(String variable) {
		this.environment.remove(variable);
		return this;
	}

	Run input(String text) {
		this.input = text;
		return this;
	}

	Run types(String text) {
		this.secret = text;
		return this;
	}

	Run onTerminal(int width) {
		this.columns = width;
		return this;
	}

	Outcome of(String... args) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		Terminal terminal = new Terminal(Map.copyOf(this.environment), this.home,
				new ByteArrayInputStream(this.input.getBytes(StandardCharsets.UTF_8)), new PrintWriter(out),
				new PrintWriter(err), this.columns > 0, new Terminal.Size((this.columns > 0) ? this.columns : 80, 24),
				() -> NOW, (question) -> this.secret);
		int code = Meshctl.commandLine(terminal).execute(args);
		return new Outcome(code, out.toString(), err.toString());
	}

	/**
	 * What came of it.
	 */
	record Outcome(int code, String out, String err) {
	}

}
