package io.meshup.control;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T64: a stream that has fallen silent, over real sockets and on a clock of its own.
 */
class SilentStreamTests {

	private final Time time = new Time();

	private FakeRegistry registry;

	private ClientFixture fixture;

	@BeforeEach
	void setUp() {
		this.registry = new FakeRegistry();
		this.fixture = new ClientFixture(this.registry.url());
		this.fixture.builder.clock(this.time.nanos::get).scheduler(this.time);
	}

	@AfterEach
	void tearDown() {
		this.fixture.close();
		this.registry.close();
		this.time.shutdownNow();
	}

	@Test
	void opensAStreamThatIsSilentForFiveSecondsAgainWithinSix() {
		FakeRegistry.Watch first = connect();
		first.service("catalog", 7);
		awaitApplied(7);

		this.time.advance(Duration.ofMillis(4900));
		first.sync(8);
		awaitApplied(8);
		this.time.advance(Duration.ofMillis(4900));
		assertThat(this.registry.watches).hasSize(1);
		this.time.advance(Duration.ofMillis(1100));

		ClientFixture.await().until(() -> this.registry.watches.size() == 2);
		assertThat(this.registry.lastWatch().lastEventId).isEqualTo("8");
		ClientFixture.await().until(first::isBroken);
		this.registry.lastWatch().service("catalog", 9);
		awaitApplied(9);
	}

	@Test
	void keepsAStreamThatSaysNothingButThatItIsThere() {
		FakeRegistry.Watch watch = connect();

		for (int seconds = 2; seconds <= 20; seconds += 2) {
			this.time.advance(Duration.ofSeconds(2));
			watch.sync(seconds);
			awaitApplied(seconds);
		}

		assertThat(this.registry.watches).hasSize(1);
	}

	@Test
	void givesUpAStreamThatNeverBegins() {
		this.registry.holdsWatches = true;
		this.fixture.client().start();
		ClientFixture.await().until(() -> this.registry.requests.size() == 1);

		this.registry.holdsWatches = false;
		this.time.advance(Duration.ofSeconds(5));

		ClientFixture.await().until(() -> this.fixture.state().connected());
	}

	private FakeRegistry.Watch connect() {
		this.fixture.client().start();
		ClientFixture.await().until(() -> this.fixture.state().connected());
		return this.registry.lastWatch();
	}

	private void awaitApplied(long revision) {
		ClientFixture.await().until(() -> this.fixture.state().applied() == revision);
	}

	/**
	 * Runs at once what is due at once, and all else when the test moves the time.
	 */
	private static final class Time extends ScheduledThreadPoolExecutor {

		private final AtomicLong nanos = new AtomicLong();

		private final PriorityQueue<Task> tasks = new PriorityQueue<>();

		Time() {
			super(1);
		}

		void advance(Duration by) {
			this.nanos.addAndGet(by.toNanos());
			for (Task task = due(); task != null; task = due()) {
				task.run();
			}
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
			if (delay <= 0) {
				return super.schedule(command, 0, unit);
			}
			Task task = new Task(command, this.nanos.get() + unit.toNanos(delay));
			synchronized (this.tasks) {
				this.tasks.add(task);
			}
			return task;
		}

		@Override
		public void execute(Runnable command) {
			Future<?> unused = super.schedule(command, 0, TimeUnit.NANOSECONDS);
		}

		private Task due() {
			synchronized (this.tasks) {
				Task next = this.tasks.peek();
				return (next != null && next.at <= this.nanos.get()) ? this.tasks.poll() : null;
			}
		}

	}

	private static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {

		private final long at;

		Task(Runnable command, long at) {
			super(command, null);
			this.at = at;
		}

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(this.at, TimeUnit.NANOSECONDS);
		}

		@Override
		public int compareTo(Delayed other) {
			return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
		}

	}

}
