package io.meshup.control;

/**
 * The one place of this package that reads the machine's clock.
 */
final class SystemClock {

	private SystemClock() {
	}

	static long nanoTime() {
		return System.nanoTime();
	}

}
