package io.meshup.registry.security.rate;

import java.time.Duration;

import io.meshup.registry.ManualClock;
import io.meshup.registry.problem.ApiProblem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestRatesTests {

	private final ManualClock clock = new ManualClock();

	private final RequestRates rates = new RequestRates(new RateSettings(10, 20, 1, 2, 10, 60), this.clock);

	@Test
	void takesABurstAndThenTheRate() {
		for (int i = 0; i < 20; i++) {
			this.rates.countKnown("ci");
		}

		assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> this.rates.countKnown("ci")).satisfies((ex) -> {
			assertThat(ex.status().value()).isEqualTo(429);
			assertThat(ex.headers().getFirst("Retry-After")).isEqualTo("1");
			assertThat(ex.detail()).contains("'ci'", "10 a second", "mesh.registry.limits");
		});
		this.rates.countKnown("other");
		this.clock.advance(Duration.ofMillis(100));
		this.rates.countKnown("ci");
		assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> this.rates.countKnown("ci"));
	}

	@Test
	void countsAddressesByThemselves() {
		this.rates.countAnonymous("1.2.3.4");
		this.rates.countAnonymous("1.2.3.4");

		assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> this.rates.countAnonymous("1.2.3.4"));
		this.rates.countAnonymous("1.2.3.5");
		this.rates.countKnown("1.2.3.4");
	}

	@Test
	void countsTheAddressesOfAnIpv6NetworkTogether() {
		this.rates.countAnonymous("2001:db8::1");
		this.rates.countAnonymous("2001:db8::2");

		assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> this.rates.countAnonymous("2001:db8::3"));
		this.rates.countAnonymous("2001:db8:0:1::1");
	}

	@Test
	void refusesRatesThatAreNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RateSettings(0, 1, 1, 1, 1, 1))
			.withMessageContaining("mesh.registry.limits");
	}

}
