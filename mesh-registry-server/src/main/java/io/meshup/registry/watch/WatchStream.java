package io.meshup.registry.watch;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One watcher's stream. The hub offers, the connection asks for the next event when the
 * last one is written. Thread-safe; nothing blocks.
 */
final class WatchStream {

	private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final WatchRequest request;

	private final Function<Change, Frame> encoder;

	private final LongSupplier nanoClock;

	private final Runnable disconnect;

	private final PendingChanges pending = new PendingChanges();

	private @Nullable MonoSink<Frame> waiting;

	private boolean isSynced;

	private boolean isClosed;

	private long sinceNanos;

	WatchStream(WatchRequest request, Function<Change, Frame> encoder, LongSupplier nanoClock, Runnable disconnect) {
		this.request = request;
		this.encoder = encoder;
		this.nanoClock = nanoClock;
		this.disconnect = disconnect;
		this.sinceNanos = nanoClock.getAsLong();
	}

	WatchRequest request() {
		return this.request;
	}

	synchronized boolean isClosed() {
		return this.isClosed;
	}

	/**
	 * The next event, when there is one.
	 * @return empty when the stream has ended
	 */
	Mono<Frame> next() {
		return Mono.create(this::await);
	}

	/**
	 * Notes what changed, as far as this watcher wants it.
	 * @param changes each service once
	 */
	void offer(List<Change> changes) {
		MonoSink<Frame> asked;
		Frame frame;
		synchronized (this) {
			changes.stream().filter((change) -> this.request.wants(change.service())).forEach(this.pending::add);
			asked = this.waiting;
			frame = (asked != null) ? takeChange() : null;
			answered(frame);
		}
		send(asked, frame);
	}

	/**
	 * Tells a silent watcher that it has everything.
	 * @param sync the event
	 */
	void offerSync(Frame sync) {
		MonoSink<Frame> asked;
		synchronized (this) {
			asked = this.waiting;
			boolean isDue = !this.isSynced || this.nanoClock.getAsLong() - this.sinceNanos >= SILENCE_NANOS;
			if (asked == null || !isDue) {
				return;
			}
			this.isSynced = true;
			answered(sync);
		}
		send(asked, sync);
	}

	/**
	 * Whether an event is on its way for so long that the watcher cannot be reading.
	 * @return {@code true} after 5 s
	 */
	synchronized boolean isStalled() {
		return this.waiting == null && !this.isClosed && this.nanoClock.getAsLong() - this.sinceNanos >= STALLED_NANOS;
	}

	/**
	 * Ends the stream as soon as what is on its way is written.
	 */
	void end() {
		MonoSink<Frame> asked;
		synchronized (this) {
			this.isClosed = true;
			asked = this.waiting;
			this.waiting = null;
		}
		if (asked != null) {
			asked.success();
		}
	}

	/**
	 * Ends the stream and its connection at once.
	 */
	void cut() {
		end();
		this.disconnect.run();
	}

	private void await(MonoSink<Frame> sink) {
		Frame frame;
		synchronized (this) {
			frame = this.isClosed ? null : takeChange();
			this.sinceNanos = this.nanoClock.getAsLong();
			if (frame == null && !this.isClosed) {
				this.waiting = sink;
				return;
			}
		}
		sink.success(frame);
	}

	private @Nullable Frame takeChange() {
		Change change = this.pending.poll();
		return (change != null) ? this.encoder.apply(change) : null;
	}

	private void answered(@Nullable Frame frame) {
		if (frame != null) {
			this.waiting = null;
			this.sinceNanos = this.nanoClock.getAsLong();
		}
	}

	// Outside the lock, because the connection may write and ask again at once.
	private static void send(@Nullable MonoSink<Frame> asked, @Nullable Frame frame) {
		if (asked != null && frame != null) {
			asked.success(frame);
		}
	}

}
