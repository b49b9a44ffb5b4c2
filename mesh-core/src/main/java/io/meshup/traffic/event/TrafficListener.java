package io.meshup.traffic.event;

/**
 * Hears what happens to calls. Called on the thread that drives the call, so it must be
 * quick and thread-safe; what it throws is logged and never fails a call.
 */
public interface TrafficListener {

	/**
	 * An attempt ended.
	 * @param result how
	 */
	default void onAttempt(AttemptResult result) {
	}

	/**
	 * A call ended.
	 * @param result how
	 */
	default void onCall(CallResult result) {
	}

	/**
	 * A request was refused at the door of this process's own service.
	 * @param reason as in the header {@code x-mesh-reason}
	 */
	default void onRefused(String reason) {
	}

	/**
	 * The way a service is called changed.
	 * @param change how
	 */
	default void onChange(TrafficChange change) {
	}

}
