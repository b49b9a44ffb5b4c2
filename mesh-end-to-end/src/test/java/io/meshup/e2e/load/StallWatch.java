package io.meshup.e2e.load;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.meshup.e2e.machine.Http;

/**
 * The control of a trial: notes when this machine stands still. A ticker in this process
 * and small requests that no fault touches, both all the time; whatever of them takes far
 * too long is a stall.
 */
public final class StallWatch implements AutoCloseable {

	private static final long STALL_MILLIS = 150;

	private static final Duration TICK = Duration.ofMillis(10);

	private static final Duration PAUSE = Duration.ofMillis(20);

	private final Http http = new Http();

	private final Queue<Interval> stalls = new ConcurrentLinkedQueue<>();

	private final List<Thread> threads = new ArrayList<>();

	private final long begun = System.nanoTime();

	private volatile long ended;

	private StallWatch(List<URI> healthy) {
		this.threads.add(new Thread(() -> repeat(() -> {
		}, TICK), "ticker"));
		healthy.forEach((uri) -> this.threads.add(new Thread(() -> repeat(() -> ask(uri), PAUSE), "control " + uri)));
		this.threads.forEach(Thread::start);
	}

	public static StallWatch start(List<URI> healthy) {
		return new StallWatch(healthy);
	}

	private void repeat(Runnable action, Duration pause) {
		while (this.ended == 0) {
			long from = System.nanoTime();
			action.run();
			pause(pause);
			Interval interval = new Interval(from, System.nanoTime());
			if (interval.millis() >= STALL_MILLIS) {
				this.stalls.add(interval);
			}
		}
	}

	// How it ends does not matter here, only how long it took.
	private void ask(URI uri) {
		try {
			this.http.send("GET", uri, "", List.of());
		}
		catch (UncheckedIOException ex) {
			pause(PAUSE);
		}
	}

	private static void pause(Duration pause) {
		try {
			Thread.sleep(pause.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	public boolean stoodStillIn(Interval interval) {
		return this.stalls.stream().anyMatch(interval::overlaps);
	}

	/**
	 * Which part of the time something stood still.
	 * @return 0 to 1, once closed
	 */
	public double share() {
		long still = 0;
		long counted = this.begun;
		for (Interval stall : this.stalls.stream().sorted(Comparator.comparingLong(Interval::from)).toList()) {
			still += Math.max(0, stall.to() - Math.max(counted, stall.from()));
			counted = Math.max(counted, stall.to());
		}
		return still / (double) (this.ended - this.begun);
	}

	/**
	 * The longest stall so far.
	 */
	public long longestMillis() {
		return this.stalls.stream().mapToLong(Interval::millis).max().orElse(0);
	}

	/**
	 * Ends when the requests that are on their way were answered.
	 */
	@Override
	public void close() {
		try {
			if (this.ended == 0) {
				this.ended = System.nanoTime();
			}
			for (Thread thread : this.threads) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
