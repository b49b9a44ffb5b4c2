package io.meshup.traffic.table;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.model.BreakerState;
import io.meshup.model.rule.policy.CircuitBreaker;
import io.meshup.traffic.event.TrafficChanges;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeptBreakers}.
 */
class KeptBreakersTests {

	private final AtomicLong nanos = new AtomicLong();

	@Test
	void keepsTheOpenBreakerOfAVersionThatLeavesForItsOpenTimeOnly() {
		KeptBreakers kept = new KeptBreakers("s", "", this.nanos::get, new TrafficChanges());
		CircuitBreaker rule = new CircuitBreaker(1, Duration.ofSeconds(10), 50, Duration.ZERO, 100,
				Duration.ofSeconds(30), 1, null);
		for (int i = 0; i < 1_000; i++) {
			kept.exchange(Set.of("v" + i), rule).get("v" + i).tryAcquire().onError(1);
		}
		assertThat(kept.size()).isLessThan(20);

		assertThat(kept.exchange(Set.of("v999"), rule).get("v999").state()).isEqualTo(BreakerState.OPEN);
		kept.exchange(Set.of("w"), rule);
		this.nanos.addAndGet(Duration.ofSeconds(29).toNanos());
		kept.exchange(Set.of("w"), rule);
		assertThat(kept.size()).isGreaterThan(1);
		this.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		kept.exchange(Set.of("w"), rule);
		assertThat(kept.size()).isEqualTo(1);
	}

}
