package io.meshup.control.beat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.meshup.control.beat.DrainReport.Outcome;
import io.meshup.control.link.Timing;
import io.meshup.model.beat.DrainProgress;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a draining instance for its callers. While it lasts it asks again soon
 * after each answer: the pause begins at 10 ms and doubles up to a tenth of the interval
 * of beats. Thread-safe; one wait at a time.
 */
final class DrainWait {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

	private static final int MAX_NAMES = 1_000;

	private final Timing timing;

	private final Runnable beat;

	private final Set<String> awaited = new TreeSet<>();

	private List<String> silent = List.of();

	private long revision;

	private int busy;

	private Duration pause = FIRST_PAUSE;

	private boolean asking;

	private @Nullable CompletableFuture<Outcome> end;

	DrainWait(Timing timing, Runnable beat) {
		this.timing = timing;
		this.beat = beat;
	}

	/**
	 * Beats and waits.
	 * @param limit how long at most
	 * @return how it ended
	 */
	DrainReport await(Duration limit) {
		CompletableFuture<Outcome> awaitedEnd = begin();
		long began = this.timing.now();
		this.beat.run();
		Outcome outcome;
		try {
			outcome = awaitedEnd.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			outcome = Outcome.TIMED_OUT;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			outcome = Outcome.INTERRUPTED;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A wait ends in order", ex);
		}
		return finish(outcome, this.timing.since(began));
	}

	/**
	 * A beat that said 'draining' was answered.
	 * @param progress the answer, {@code null} when the registry does not tell
	 * @param interval the interval of beats
	 */
	synchronized void answered(@Nullable DrainProgress progress, Duration interval) {
		if (this.end == null) {
			return;
		}
		if (progress == null) {
			this.end.complete(Outcome.NOT_SUPPORTED);
			return;
		}
		this.revision = progress.revision();
		this.silent = progress.awaiting();
		this.busy = progress.busy();
		progress.awaiting().stream().limit(MAX_NAMES - (long) this.awaited.size()).forEach(this.awaited::add);
		if (progress.done()) {
			this.end.complete(Outcome.CONFIRMED);
			return;
		}
		if (this.asking) {
			return;
		}
		this.asking = true;
		Future<?> unused = this.timing.after(this.pause, this::askAgain);
		Duration longest = interval.dividedBy(10);
		Duration next = this.pause.multipliedBy(2);
		this.pause = (next.compareTo(longest) < 0) ? next : longest;
	}

	/**
	 * A beat failed.
	 */
	synchronized void failed() {
		if (this.end != null) {
			this.end.complete(Outcome.NOT_CONNECTED);
		}
	}

	private synchronized CompletableFuture<Outcome> begin() {
		this.awaited.clear();
		this.silent = List.of();
		this.revision = 0;
		this.busy = 0;
		this.pause = FIRST_PAUSE;
		CompletableFuture<Outcome> begun = new CompletableFuture<>();
		this.end = begun;
		return begun;
	}

	private synchronized DrainReport finish(Outcome outcome, Duration took) {
		this.end = null;
		return new DrainReport(outcome, took, this.revision, List.copyOf(this.awaited), this.silent, this.busy);
	}

	private void askAgain() {
		synchronized (this) {
			this.asking = false;
			if (this.end == null) {
				return;
			}
		}
		this.beat.run();
	}

}
