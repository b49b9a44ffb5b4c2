package io.meshup.spring.drain;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits until nothing has come for a while. Counts short pauses instead of trusting the
 * clock: when the whole machine stands still, the time that passes is no silence.
 *
 * @param pauses how many pauses in a row must bring nothing
 * @param limit how long it may take at most
 */
record QuietWait(long pauses, Duration limit) {

	private static final Duration PAUSE = Duration.ofMillis(10);

	/**
	 * A wait for silence.
	 * @param silence how long nothing must come
	 * @param limit how long it may take where calls go on coming; the silence at least
	 * @return the wait
	 */
	static QuietWait of(Duration silence, Duration limit) {
		return new QuietWait(silence.dividedBy(PAUSE), (limit.compareTo(silence) > 0) ? limit : silence);
	}

	void await(BooleanSupplier wasCalled) throws InterruptedException {
		long begun = System.nanoTime();
		long quiet = 0;
		while (quiet < this.pauses && System.nanoTime() - begun < this.limit.toNanos()) {
			Thread.sleep(PAUSE.toMillis());
			quiet = wasCalled.getAsBoolean() ? 0 : quiet + 1;
		}
	}

}
