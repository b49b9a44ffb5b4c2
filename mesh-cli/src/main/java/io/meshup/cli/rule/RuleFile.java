package io.meshup.cli.rule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.meshup.cli.registry.Answer;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;

/**
 * The documents that are to be applied, sent as they are, so that the registry judges
 * what the operator wrote. Immutable.
 *
 * @param name what it is called in messages
 * @param text what it says
 */
record RuleFile(String name, String text) {

	static RuleFile read(String file, Terminal terminal) {
		try {
			byte[] bytes = file.equals("-") ? terminal.in().readAllBytes() : Files.readAllBytes(Path.of(file));
			return new RuleFile(file.equals("-") ? "stdin" : file, new String(bytes, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			String reason = (ex instanceof NoSuchFileException) ? "there is no such file"
					: (ex instanceof AccessDeniedException) ? "not allowed" : ex.getClass().getSimpleName();
			throw new CommandFailure(ExitCode.USAGE, "Cannot read '" + file + "': " + reason
					+ ". Name a file with rules in YAML or JSON, or - for what is piped in.");
		}
	}

	/**
	 * Sends the documents, all or nothing.
	 * @param registry where
	 * @param message why, for the history
	 * @param isTried whether nothing is to be changed
	 * @return what became of each, or would
	 */
	Answer apply(RegistryClient registry, String message, boolean isTried) {
		ApiPath path = ApiPath.of("rules:apply").with("message", message).with("dryRun", isTried ? "true" : "");
		try {
			return registry.post(path, this.text, isJson() ? "application/json" : "application/yaml");
		}
		catch (CommandFailure failure) {
			throw failure.violations().isEmpty() ? failure
					: new CommandFailure(failure.code(), new ViolationText(this).of(failure));
		}
	}

	private boolean isJson() {
		String start = this.text.stripLeading();
		return start.startsWith("{") || start.startsWith("[");
	}

}
