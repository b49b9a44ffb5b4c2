package io.meshup.control.pulse;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

import io.meshup.control.link.Link;
import io.meshup.control.link.Timing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a registry that stands still: a process that is frozen, or a machine that went
 * without a word, closes no connection. Where there are several registries, one of which
 * nothing was heard for a moment is asked for a sign of life, twice. When it gives none
 * in time, and another one is well and answers promptly, the client goes there, within a
 * second in all. A lone registry is never asked and never left.
 * <p>
 * Nothing is proved where this process itself was held up, where the others are slow,
 * too, or where a registry that is slow as a rule is so again. A pause of half a second
 * moves nobody. Thread-safe.
 */
public final class Pulse {

	static final Duration LEAST_SILENCE = Duration.ofMillis(350);

	static final Duration MOST_SILENCE = Duration.ofSeconds(2);

	/** A registry of many instances lets them beat, and so ask, more rarely. */
	static final double SILENCE_IN_BEATS = 0.35;

	/**
	 * Longer than pauses of a collector are, and than two packets take to be repeated.
	 */
	static final Duration PATIENCE = Duration.ofMillis(500);

	/** Of one that was slow before, an answer is awaited for longer, up to this. */
	static final Duration MOST_PATIENCE = Duration.ofSeconds(2);

	/** A timer that is late by this was held up with the whole process. */
	static final Duration HELD_UP = Duration.ofMillis(150);

	/** While nobody answers they are asked once in about this time. */
	static final Duration PAUSE = Duration.ofSeconds(2);

	private static final int SERVER_ERROR = 500;

	private static final Logger logger = LoggerFactory.getLogger(Pulse.class);

	private final Timing timing;

	private final Link link;

	private final Function<Supplier<HttpRequest>, CompletableFuture<Integer>> ask;

	private final Supplier<Duration> beat;

	private final Moves moves;

	private final Slowness slowness = new Slowness();

	private @Nullable Round round;

	private @Nullable Future<?> timer;

	private boolean closed;

	/**
	 * Makes one that has not begun.
	 * @param timing the clock
	 * @param link the registries
	 * @param ask sends a request and tells the status; fails where none comes
	 * @param beat the present interval between beats
	 */
	public Pulse(Timing timing, Link link, Function<Supplier<HttpRequest>, CompletableFuture<Integer>> ask,
			Supplier<Duration> beat) {
		this.timing = timing;
		this.link = link;
		this.ask = ask;
		this.beat = beat;
		this.moves = Moves.ofSilent(timing);
	}

	/**
	 * Begins, where there is a registry to go to.
	 */
	public void start() {
		if (this.link.urls().size() > 1) {
			lookAfter(silence());
		}
	}

	/**
	 * Ends it.
	 */
	public synchronized void close() {
		this.closed = true;
		this.round = null;
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	private synchronized void lookAfter(Duration delay) {
		this.round = null;
		if (!this.closed) {
			this.timer = this.timing.after(delay, this::look);
		}
	}

	private void look() {
		Duration left = silence().minus(this.link.urls().silence());
		if (!left.isNegative() && !left.isZero()) {
			lookAfter(left);
			return;
		}
		Round next = new Round(this.link.urls().current());
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.round = next;
		}
		next.begin();
	}

	private synchronized boolean isPresent(Round other) {
		return this.round == other;
	}

	// Ends a round, once.
	private synchronized boolean end(Round ended) {
		if (this.round != ended) {
			return false;
		}
		this.round = null;
		return true;
	}

	private Duration silence() {
		long silence = (long) (SILENCE_IN_BEATS * this.beat.get().toNanos());
		return Duration.ofNanos(Math.max(LEAST_SILENCE.toNanos(), Math.min(silence, MOST_SILENCE.toNanos())));
	}

	/**
	 * One time of asking.
	 */
	private final class Round {

		private final URI silent;

		private final long askedAt = Pulse.this.timing.now();

		private final Duration patience = Pulse.this.slowness.patience();

		private volatile boolean isOverdue;

		private volatile @Nullable URI better;

		Round(URI silent) {
			this.silent = silent;
		}

		void begin() {
			askSilent();
			Future<?> unusedAgain = Pulse.this.timing.after(this.patience.dividedBy(2), this::askAll);
			Future<?> unusedEnd = Pulse.this.timing.after(this.patience, this::judge);
		}

		private void askSilent() {
			long begun = Pulse.this.timing.now();
			CompletableFuture<?> unused = Pulse.this.ask.apply(() -> request(false, this.silent))
				.thenAcceptAsync((status) -> {
					Pulse.this.slowness.add(Pulse.this.timing.since(begun));
					Pulse.this.link.urls().heard(this.silent);
					goOn(silence());
				}, Pulse.this.timing.scheduler());
		}

		private void askAll() {
			if (!isPresent(this) || isHeard()) {
				return;
			}
			askSilent();
			for (URI other : Pulse.this.link.urls().others(this.silent)) {
				long begun = Pulse.this.timing.now();
				CompletableFuture<?> unused = Pulse.this.ask.apply(() -> request(true, other))
					.thenAcceptAsync((status) -> {
						boolean isPrompt = Pulse.this.timing.since(begun).compareTo(PATIENCE) <= 0;
						if (isPrompt && status < SERVER_ERROR && this.better == null) {
							this.better = other;
							decide();
						}
					}, Pulse.this.timing.scheduler());
			}
		}

		private HttpRequest request(boolean isHealth, URI registry) {
			return isHealth ? Pulse.this.link.requests().health(registry)
					: Pulse.this.link.requests().signOfLife(registry);
		}

		private boolean isHeard() {
			URI present = Pulse.this.link.urls().current();
			return !present.equals(this.silent)
					|| Pulse.this.link.urls().silence().compareTo(Pulse.this.timing.since(this.askedAt)) < 0;
		}

		private void judge() {
			Duration late = Pulse.this.timing.since(this.askedAt).minus(this.patience);
			if (isHeard() || late.compareTo(HELD_UP) > 0) {
				goOn(Duration.ZERO);
				return;
			}
			this.isOverdue = true;
			decide();
			Future<?> unused = Pulse.this.timing.after(PATIENCE,
					() -> goOn(isHeard() ? Duration.ZERO : Pulse.this.timing.jittered(PAUSE)));
		}

		// Called when the time is over and when another one answers, in either order.
		private void decide() {
			URI to = this.better;
			if (!this.isOverdue || to == null || !isPresent(this)) {
				return;
			}
			if (isHeard()) {
				goOn(Duration.ZERO);
			}
			else if (!Pulse.this.moves.mayMove()) {
				goOn(Pulse.this.timing.jittered(PAUSE));
			}
			else {
				logger.info("The registry at {} has said nothing for {} ms and {} answers: going there", this.silent,
						Pulse.this.link.urls().silence().toMillis(), to);
				Pulse.this.link.moveTo(this.silent, to);
				goOn(silence());
			}
		}

		private void goOn(Duration delay) {
			if (end(this)) {
				lookAfter(delay);
			}
		}

	}

	/**
	 * How long answers take at present, so that a registry which is slow is not taken for
	 * one that stands still.
	 */
	private static final class Slowness {

		private static final int MARGIN = 2;

		private static final double FADING = 0.8;

		private long nanos;

		synchronized void add(Duration took) {
			this.nanos = Math.max(took.toNanos(), (long) (this.nanos * FADING));
		}

		synchronized Duration patience() {
			long wanted = Math.max(PATIENCE.toNanos(), this.nanos * MARGIN);
			return Duration.ofNanos(Math.min(wanted, MOST_PATIENCE.toNanos()));
		}

	}

}
