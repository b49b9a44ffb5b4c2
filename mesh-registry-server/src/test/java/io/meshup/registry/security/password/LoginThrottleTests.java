package io.meshup.registry.security.password;

import java.util.concurrent.atomic.AtomicLong;

import io.meshup.registry.security.rate.RateSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginThrottle}.
 */
class LoginThrottleTests {

	private final LoginThrottle throttle = new LoginThrottle(new RateSettings(10, 20, 1, 2, 10, 60),
			new AtomicLong(7)::get);

	@Test
	void countsTheAddressesOfAnIpv6NetworkTogether() {
		for (int i = 0; i < 10; i++) {
			assertThat(this.throttle.acquire("2001:db8::" + i, "admin")).isZero();
		}

		assertThat(this.throttle.acquire("2001:db8::ff", "admin")).isPositive();
		assertThat(this.throttle.acquire("2001:db8:0:1::1", "admin")).isZero();
		this.throttle.giveBack("2001:db8::aa", "admin");
		assertThat(this.throttle.acquire("2001:db8::ff", "admin")).isZero();
	}

}
