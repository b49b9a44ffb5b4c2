package io.meshup.e2e.machine;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Programs of the system that a fault needs.
 */
public final class Command {

	private Command() {
	}

	/**
	 * Runs one to its end; what it prints is thrown away.
	 * @param command its name and arguments
	 * @return its exit code
	 */
	public static int run(String... command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
