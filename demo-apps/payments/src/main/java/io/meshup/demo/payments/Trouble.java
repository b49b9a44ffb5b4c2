package io.meshup.demo.payments;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How badly the card network behaves: the settings under {@code payments}.
 *
 * @param failureShare share of charges answered 503, 0 to 1
 * @param slowShare share of charges that take {@code slowDelay}, 0 to 1
 * @param slowDelay how long a slow charge takes, at most 10 s
 */
@ConfigurationProperties("payments")
record Trouble(@DefaultValue("0.05") double failureShare, @DefaultValue("0.1") double slowShare,
		@DefaultValue("400ms") Duration slowDelay) {

	private static final Duration MAX_DELAY = Duration.ofSeconds(10);

	Trouble {
		share("failureShare", failureShare);
		share("slowShare", slowShare);
		if (slowDelay.isNegative() || slowDelay.compareTo(MAX_DELAY) > 0) {
			throw new IllegalArgumentException(
					"'slowDelay' must be between 0 and " + MAX_DELAY + " but was " + slowDelay);
		}
	}

	private static void share(String name, double value) {
		if (!(value >= 0 && value <= 1)) {
			throw new IllegalArgumentException("'" + name + "' must be between 0 and 1 but was " + value);
		}
	}

}
