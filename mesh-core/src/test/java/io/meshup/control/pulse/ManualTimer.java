package io.meshup.control.pulse;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.meshup.control.link.Timing;

/**
 * Time and timers of one thread that stand still until a test moves them. What is to be
 * done at once is done at once.
 */
final class ManualTimer extends ScheduledThreadPoolExecutor {

	private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.naturalOrder());

	private final Timing timing;

	private long now = -5_000_000_000L;

	private long count;

	ManualTimer(long seed) {
		super(0);
		this.timing = new Timing(() -> this.now, this, new Random(seed));
	}

	Timing timing() {
		return this.timing;
	}

	/**
	 * Lets time pass, step by step.
	 * @param by how much
	 */
	void advance(Duration by) {
		long end = this.now + by.toNanos();
		while (!this.tasks.isEmpty() && this.tasks.peek().at <= end) {
			Task next = this.tasks.poll();
			this.now = Math.max(this.now, next.at);
			if (!next.isDone()) {
				next.command.run();
			}
		}
		this.now = end;
	}

	/**
	 * This process is held up: time passes, and only then all that was due is done.
	 * @param by how much
	 */
	void jump(Duration by) {
		this.now += by.toNanos();
		advance(Duration.ZERO);
	}

	@Override
	public void execute(Runnable command) {
		command.run();
	}

	@Override
	public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
		Task task = new Task(this.now + unit.toNanos(delay), this.count++, command);
		this.tasks.add(task);
		return task;
	}

	private final class Task extends CompletableFuture<Void> implements ScheduledFuture<Void> {

		private final long at;

		private final long number;

		private final Runnable command;

		Task(long at, long number, Runnable command) {
			this.at = at;
			this.number = number;
			this.command = command;
		}

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(this.at - ManualTimer.this.now, TimeUnit.NANOSECONDS);
		}

		@Override
		public int compareTo(Delayed other) {
			Task task = (Task) other;
			return (this.at != task.at) ? Long.compare(this.at, task.at) : Long.compare(this.number, task.number);
		}

	}

}
