package io.meshup.cli.terminal;

/**
 * Waiting between two looks at the registry.
 */
public final class Pause {

	private Pause() {
	}

	/**
	 * Waits.
	 * @param millis how long
	 */
	public static void of(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
