package io.meshup.demo.payments;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What a charge meets: sometimes nobody answers, sometimes it takes long. Thread-safe.
 */
final class CardNetwork {

	private final DoubleSupplier random;

	private volatile Trouble trouble;

	/**
	 * A network.
	 * @param trouble how badly it behaves at first
	 * @param random numbers from 0 to 1, from any thread
	 */
	CardNetwork(Trouble trouble, DoubleSupplier random) {
		this.trouble = trouble;
		this.random = random;
	}

	Trouble trouble() {
		return this.trouble;
	}

	void trouble(Trouble trouble) {
		this.trouble = trouble;
	}

	/**
	 * Draws how the next charge fares.
	 * @return answered or not, and after how long
	 */
	Outcome next() {
		Trouble current = this.trouble;
		boolean answers = this.random.getAsDouble() >= current.failureShare();
		boolean slow = this.random.getAsDouble() < current.slowShare();
		return new Outcome(answers, slow ? current.slowDelay() : Duration.ZERO);
	}

	/**
	 * How a charge fares.
	 *
	 * @param answers whether the network answers at all
	 * @param delay how long it takes
	 */
	record Outcome(boolean answers, Duration delay) {

	}

}
