package io.meshup.cli.rule;

import io.meshup.cli.command.TextFile;
import io.meshup.cli.registry.Answer;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
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
		return new RuleFile(file.equals("-") ? "stdin" : file, TextFile.read(file, terminal));
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
