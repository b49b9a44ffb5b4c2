package io.meshup.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link AdaptiveLimit} before a server of ten workers of 10 ms, which does 1,000
 * requests in a second; its clients give up after 200 ms.
 */
class AdaptiveLimitTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	// T57.
	@Test
	void keepsGoodputUnderFiveTimesTheLoadThatFits() {
		Server open = new Server(null);
		open.run(5, 900);
		long before = open.answered;
		open.run(20, 5000);
		assertThat(open.answered - before).as("without a limit the queue eats all").isLessThan(2_000);

		AdaptiveLimit limit = new AdaptiveLimit(1, 1000, 0);
		Server server = new Server(limit);
		server.run(5, 900);
		long first = server.answered;
		server.run(20, 5000);

		assertThat(server.answered - first).isGreaterThan(20_000 * 8 / 10);
		assertThat(server.slowest).isLessThan(200 * MILLI);
	}

	@Test
	void letsEverythingInAgainWithinSecondsOfAnOverload() {
		Server server = new Server(new AdaptiveLimit(1, 1000, 0));
		server.run(5, 900);
		server.run(10, 5000);
		server.run(5, 900);
		long before = server.refused;

		server.run(5, 900);

		assertThat(server.refused - before).isLessThan(45);
	}

	@Test
	void keepsWithinItsBounds() {
		AdaptiveLimit limit = new AdaptiveLimit(30, 40, 0);
		assertThat(limit.limit()).isEqualTo(30);
		Server server = new Server(limit);
		server.run(10, 5000);
		assertThat(limit.limit()).isBetween(30, 40);
	}

	@Test
	void countsWhatIsInWork() {
		AdaptiveLimit limit = new AdaptiveLimit(1, 1, 0);

		assertThat(limit.tryAcquire()).isTrue();
		assertThat(limit.tryAcquire()).isFalse();
		limit.release();
		assertThat(limit.tryAcquire()).isTrue();
	}

	private static final class Server {

		private static final long STEP = MILLI / 10;

		private final @Nullable AdaptiveLimit limit;

		private final Random random = new Random(42);

		private final Deque<Long> queue = new ArrayDeque<>();

		private final List<long[]> working = new ArrayList<>();

		private long now;

		private long answered;

		private long refused;

		private long slowest;

		private Server(@Nullable AdaptiveLimit limit) {
			this.limit = limit;
		}

		void run(int seconds, double perSecond) {
			long end = this.now + TimeUnit.SECONDS.toNanos(seconds);
			while (this.now < end) {
				this.now += STEP;
				if (this.random.nextDouble() < perSecond * STEP / 1e9) {
					arrive();
				}
				this.working.removeIf(this::ends);
				while (this.working.size() < 10 && !this.queue.isEmpty()) {
					long service = (long) ((7 + 6 * this.random.nextDouble()) * MILLI);
					this.working.add(new long[] { this.queue.remove(), this.now + service });
				}
			}
		}

		private void arrive() {
			if (this.limit == null || this.limit.tryAcquire()) {
				this.queue.add(this.now);
			}
			else {
				this.refused++;
			}
		}

		private boolean ends(long[] request) {
			if (request[1] > this.now) {
				return false;
			}
			long took = this.now - request[0];
			if (this.limit != null) {
				this.limit.release(took, this.now);
			}
			this.answered += (took <= 200 * MILLI) ? 1 : 0;
			this.slowest = Math.max(this.slowest, took);
			return true;
		}

	}

}
