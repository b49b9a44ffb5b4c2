package io.meshup.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.terminal.Terminal;

/**
 * Files that are named on the command line.
 */
public final class TextFile {

	private TextFile() {
	}

	/**
	 * Reads a file.
	 * @param file its path, or {@code -} for what is piped in
	 * @param terminal where that comes from
	 * @return its text
	 */
	public static String read(String file, Terminal terminal) {
		try {
			byte[] bytes = file.equals("-") ? terminal.in().readAllBytes() : Files.readAllBytes(Path.of(file));
			return new String(bytes, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			String reason = (ex instanceof NoSuchFileException) ? "there is no such file"
					: (ex instanceof AccessDeniedException) ? "not allowed" : ex.getClass().getSimpleName();
			throw new CommandFailure(ExitCode.USAGE,
					"Cannot read '" + file + "': " + reason + ". Name a file, or - for what is piped in.");
		}
	}

}
