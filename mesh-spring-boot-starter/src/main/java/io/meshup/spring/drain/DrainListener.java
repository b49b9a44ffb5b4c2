package io.meshup.spring.drain;

/**
 * Is told how this instance leaves. Called on the thread that stops the application; must
 * return soon.
 */
public interface DrainListener {

	/**
	 * Callers are being told that it is leaving; requests still come and are served.
	 */
	default void onDraining() {
	}

	/**
	 * No caller chooses it any more, or the wait for them is over: what goes on without
	 * an end has to end now.
	 */
	default void onDrained() {
	}

	/**
	 * Whether calls from within the mesh have come, or kept threads busy behind which
	 * others may wait unseen. As long as that is so after the confirmations, the web
	 * server is not stopped.
	 * @return {@code true} when it was called since this was asked the last time
	 */
	default boolean wasCalled() {
		return false;
	}

	/**
	 * It has come back.
	 */
	default void onReturning() {
	}

}
