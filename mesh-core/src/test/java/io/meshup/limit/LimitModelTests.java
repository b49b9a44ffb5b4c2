package io.meshup.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.model.BreakerState;
import io.meshup.model.rule.policy.CircuitBreaker;
import io.meshup.model.rule.policy.RetryBudget;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Budget} and {@link Breaker} against small reference models over random
 * sequences. A failure names its seed.
 */
class LimitModelTests {

	private static final int SEQUENCES = 10_000;

	private static final long FIRST = Long.getLong("mesh.test.seed", 0);

	private static final long SECOND = 1_000_000_000L;

	@BeforeAll
	static void tellTheSeeds() {
		System.out.printf("LimitModelTests: seeds %d to %d (-Dmesh.test.seed=N begins at another)%n", FIRST,
				FIRST + SEQUENCES - 1);
	}

	@Test
	void budgetAgreesWithItsModel() {
		for (long seed = FIRST; seed < FIRST + SEQUENCES; seed++) {
			SplittableRandom random = new SplittableRandom(seed);
			RetryBudget rule = new RetryBudget(random.nextInt(101), random.nextInt(4));
			Budget budget = new Budget(0);
			List<Long> calls = new ArrayList<>();
			List<Long> free = new ArrayList<>();
			List<Long> paid = new ArrayList<>();
			long now = 0;
			for (int step = 0; step < 60; step++) {
				now += random.nextLong(SECOND / 2) * ((random.nextInt(20) != 0) ? 1 : 30);
				long second = now / SECOND;
				if (random.nextInt(3) > 0) {
					budget.onCall(now);
					calls.add(second);
					continue;
				}
				boolean isFree = free.stream().filter((at) -> at == second).count() < rule.minPerSecond();
				boolean isPaid = (lastTen(paid, second) + 1) * 100 <= lastTen(calls, second) * rule.percent();
				assertThat(budget.tryRetry(rule, now)).as("seed %d step %d", seed, step).isEqualTo(isFree || isPaid);
				if (isFree) {
					free.add(second);
				}
				else if (isPaid) {
					paid.add(second);
				}
			}
		}
	}

	@Test
	void breakerAgreesWithItsModel() {
		for (long seed = FIRST; seed < FIRST + SEQUENCES; seed++) {
			SplittableRandom random = new SplittableRandom(seed);
			CircuitBreaker rule = new CircuitBreaker(1 + random.nextInt(5), Duration.ofSeconds(1 + random.nextInt(5)),
					1 + random.nextInt(100), Duration.ZERO, 100, Duration.ofSeconds(1 + random.nextInt(3)),
					1 + random.nextInt(3), null);
			AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);
			Breaker breaker = new Breaker("model", rule, now::get, (state) -> {
			});
			Model model = new Model(rule);
			List<Breaker.Permission> sent = new ArrayList<>();
			List<Integer> sentIn = new ArrayList<>();
			for (int step = 0; step < 80; step++) {
				long passed = random.nextLong(SECOND / 2) * ((random.nextInt(8) != 0) ? 1 : 8);
				now.addAndGet(passed);
				model.now += passed;
				if (sent.isEmpty() || random.nextInt(3) > 0) {
					Breaker.Permission permission = breaker.tryAcquire();
					assertThat(permission != null).as("seed %d step %d", seed, step).isEqualTo(model.tryAcquire());
					if (permission != null) {
						sent.add(permission);
						sentIn.add(model.period);
					}
				}
				else {
					int ended = random.nextInt(sent.size());
					end(random.nextInt(3), sent.remove(ended), model, sentIn.remove(ended));
				}
				assertThat(breaker.state()).as("seed %d step %d", seed, step).isEqualTo(model.state);
			}
		}
	}

	private static void end(int how, Breaker.Permission permission, Model model, int period) {
		switch (how) {
			case 0 -> {
				permission.release();
				model.onRelease(period);
			}
			case 1 -> {
				permission.onError(1);
				model.onResult(period, true);
			}
			default -> {
				permission.onSuccess(1);
				model.onResult(period, false);
			}
		}
	}

	private static long lastTen(List<Long> seconds, long now) {
		return seconds.stream().filter((at) -> now - at < 10).count();
	}

	private static final class Model {

		private final CircuitBreaker rule;

		private final List<long[]> results = new ArrayList<>();

		private BreakerState state = BreakerState.CLOSED;

		private long now;

		private long openedAt;

		private long permittedAt;

		private int probes;

		private int period;

		Model(CircuitBreaker rule) {
			this.rule = rule;
		}

		boolean tryAcquire() {
			if (this.state == BreakerState.OPEN && this.now - this.openedAt > this.rule.openDuration().toNanos()) {
				enter(BreakerState.HALF_OPEN);
			}
			boolean full = this.state == BreakerState.HALF_OPEN && this.probes == this.rule.halfOpenCalls();
			if (full && this.now - this.permittedAt >= 30 * SECOND) {
				enter(BreakerState.OPEN);
			}
			if (full || this.state == BreakerState.OPEN) {
				return false;
			}
			this.probes++;
			this.permittedAt = this.now;
			return true;
		}

		void onRelease(int sentIn) {
			this.probes -= (sentIn == this.period) ? 1 : 0;
		}

		void onResult(int sentIn, boolean error) {
			if (sentIn != this.period) {
				return;
			}
			this.results.add(new long[] { this.now / SECOND, error ? 1 : 0 });
			boolean probing = this.state == BreakerState.HALF_OPEN;
			this.results
				.removeIf((result) -> !probing && this.now / SECOND - result[0] >= this.rule.window().toSeconds());
			int needed = probing ? Math.min(this.rule.halfOpenCalls(), this.rule.minimumCalls())
					: this.rule.minimumCalls();
			if (this.results.size() < needed) {
				return;
			}
			long errors = this.results.stream().filter((result) -> result[1] == 1).count();
			if (errors * 100 >= this.results.size() * (long) this.rule.failureRatePercent()) {
				enter(BreakerState.OPEN);
			}
			else if (probing) {
				enter(BreakerState.CLOSED);
			}
		}

		private void enter(BreakerState next) {
			this.state = next;
			this.period++;
			this.probes = 0;
			this.results.clear();
			this.openedAt = this.now;
		}

	}

}
