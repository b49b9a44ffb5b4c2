package io.meshup.control.link;

/**
 * Is told what happens between this process and the registry. Called on the client's own
 * threads, must return soon; what it throws is logged and otherwise ignored.
 */
public interface RegistryListener {

	/**
	 * The watch is connected.
	 * @param state the state with the registry's URL
	 */
	default void onConnected(RegistryState state) {
	}

	/**
	 * The watch has lost its connection; the client goes on trying.
	 * @param state the state with the reason
	 */
	default void onDisconnected(RegistryState state) {
	}

	/**
	 * The registry took the first beat after {@code RegistryClient.register}, or the
	 * first one after it had refused some or could not be reached.
	 * @param state the present state
	 */
	default void onJoined(RegistryState state) {
	}

	/**
	 * Something is wrong. Told for each failure, also for repeated ones of a streak.
	 * @param problem what is wrong and what to do
	 */
	default void onProblem(RegistryProblem problem) {
	}

	/**
	 * Whatever was wrong is no longer.
	 * @param state the present state
	 */
	default void onRecovered(RegistryState state) {
	}

}
