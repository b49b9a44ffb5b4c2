package io.meshup.traffic.table;

/**
 * Monotonic time, injected so that tests need not sleep. Thread-safe.
 */
@FunctionalInterface
public interface NanoClock {

	/**
	 * The present.
	 * @return nanoseconds since an arbitrary origin
	 */
	long nanoTime();

	/**
	 * The machine's own clock.
	 * @return a clock that reads {@link System#nanoTime()}
	 */
	static NanoClock system() {
		return System::nanoTime;
	}

}
