package io.meshup.registry.watch.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.registry.watch.image.Change;
import io.meshup.registry.watch.image.Frame;
import io.meshup.registry.watch.image.Image;
import io.meshup.registry.watch.image.Names;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One watcher's stream. The hub offers, the connection asks for the next event when the
 * last one is written. Thread-safe; nothing blocks.
 */
public final class WatchStream {

	private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

	// Looked at ten times a second, so that it is cut within 5 s.
	private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(4_800);

	private final WatchRequest request;

	private final Encoder encoder;

	private final LongSupplier nanoClock;

	private final Runnable disconnect;

	private final PendingChanges pending = new PendingChanges();

	private final Map<String, Image.Base> bases = new HashMap<>();

	private @Nullable Names names;

	private @Nullable Names sentNames;

	private @Nullable Frame greeting;

	private @Nullable MonoSink<Frame> waiting;

	private volatile boolean isSynced;

	private boolean isClosed;

	private volatile boolean isHanded;

	private long knownRevision = -1;

	private volatile long sinceNanos;

	public WatchStream(WatchRequest request, Encoder encoder, LongSupplier nanoClock, Runnable disconnect) {
		this.request = request;
		this.encoder = encoder;
		this.nanoClock = nanoClock;
		this.disconnect = disconnect;
		this.sinceNanos = nanoClock.getAsLong();
	}

	public WatchRequest request() {
		return this.request;
	}

	public synchronized boolean isClosed() {
		return this.isClosed;
	}

	/**
	 * The next event, when there is one.
	 * @return empty when the stream has ended
	 */
	public Mono<Frame> next() {
		return Mono.create(this::await);
	}

	/**
	 * A further event that is there already, to be written together with the one before.
	 * @return {@code null} when there is none at present
	 */
	public @Nullable Frame more() {
		synchronized (this) {
			return this.isClosed ? null : takeChange();
		}
	}

	/**
	 * Notes what changed, as far as this watcher wants it.
	 * @param changes each service once
	 */
	public void offer(List<Change> changes) {
		MonoSink<Frame> asked;
		Frame frame;
		synchronized (this) {
			changes.forEach(this::note);
			asked = this.waiting;
			frame = (asked != null) ? takeChange() : null;
			answered(frame);
		}
		send(asked, frame);
	}

	/**
	 * All up to a revision was offered: what is offered again of it is left out.
	 * @param revision the revision
	 */
	public synchronized void knows(long revision) {
		this.knownRevision = revision;
	}

	/**
	 * Notes what is to be said once, after the names, before anything else was offered.
	 * @param frame the event
	 */
	public synchronized void greet(Frame frame) {
		this.greeting = frame;
	}

	/**
	 * Notes what changed for one who watches everything. Whoever waits and has got all
	 * before takes the events that are made for all.
	 * @param burst the changes, each service once
	 */
	public void offer(SharedBurst burst) {
		MonoSink<Frame> asked;
		Frame together;
		synchronized (this) {
			asked = this.waiting;
			together = (asked != null && hasAllBefore() && burst.isAfter(this.knownRevision)) ? burst.frame() : null;
			answered(together);
		}
		if (together == null) {
			offer(burst.changes());
			return;
		}
		this.encoder.sent(burst.changes().size(), together);
		send(asked, together);
	}

	private void note(Change change) {
		Change news = this.request.wants(change.service()) ? change.after(this.knownRevision) : null;
		if (news != null) {
			this.pending.add(news);
		}
	}

	// What is given as delta depends on what this one has.
	private boolean hasAllBefore() {
		return this.pending.isEmpty() && this.bases.isEmpty() && this.greeting == null
				&& (this.names == null || this.names.equals(this.sentNames));
	}

	/**
	 * Notes which services there are, if this watcher wants to know.
	 * @param present the names
	 */
	public void offerNames(Names present) {
		if (!this.request.isNames()) {
			return;
		}
		synchronized (this) {
			this.names = present;
		}
		offer(List.of());
	}

	/**
	 * Tells a silent watcher that it has everything.
	 * @param sync the event
	 */
	public void offerSync(Frame sync) {
		MonoSink<Frame> asked;
		synchronized (this) {
			asked = this.waiting;
			boolean isDue = !this.isSynced || isSilent(this.nanoClock.getAsLong());
			if (asked == null || !isDue) {
				return;
			}
			this.isSynced = true;
			answered(sync);
		}
		send(asked, sync);
	}

	/**
	 * Whether nothing can be due yet, neither a sign nor a cut. Takes no lock, so that
	 * looking at thousands of watchers costs nothing.
	 * @param now the present
	 * @return {@code false} when it has to be looked at
	 */
	public boolean isSettled(long now) {
		return this.isSynced && !isSilent(now);
	}

	/**
	 * Whether it is time for a sign of life.
	 * @param now the present
	 * @return {@code true} after 2 s without an event
	 */
	public boolean isSilent(long now) {
		return now - this.sinceNanos >= SILENCE_NANOS;
	}

	/**
	 * A piece of an event is with the connection, which could not write it at once: from
	 * now on it is the watcher who is waited for, before it was this process.
	 */
	public synchronized void handed() {
		this.sinceNanos = this.nanoClock.getAsLong();
		this.isHanded = true;
	}

	/**
	 * A further piece of an event was written.
	 */
	public synchronized void progressed() {
		this.sinceNanos = this.nanoClock.getAsLong();
		this.isHanded = false;
	}

	/**
	 * Whether a piece is with the connection for so long that the watcher cannot be
	 * reading.
	 * @return {@code true} after 4.8 s without a piece written
	 */
	public boolean isStalled() {
		// Without a lock, because thousands are looked at ten times a second.
		return this.isHanded && !isClosed() && this.nanoClock.getAsLong() - this.sinceNanos >= STALLED_NANOS;
	}

	/**
	 * Ends the stream as soon as what is on its way is written.
	 */
	public void end() {
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
	public void cut() {
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
		Names present = this.names;
		if (present != null && !present.equals(this.sentNames)) {
			Frame frame = present.since(this.sentNames);
			this.sentNames = present;
			return frame;
		}
		Frame once = this.greeting;
		if (once != null) {
			this.greeting = null;
			return once;
		}
		Change change = this.pending.poll();
		return (change != null) ? frame(change) : null;
	}

	private Frame frame(Change change) {
		String service = change.service();
		Image image = this.encoder.image(service);
		Image.Base before = this.bases.remove(service);
		Image.Base after = this.request.isDelta() ? image.base() : null;
		if (after != null) {
			this.bases.put(service, after);
		}
		Frame frame = this.encoder.frame(change, image, (after != null) ? before : null);
		this.encoder.sent(1, frame);
		return frame;
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

	/**
	 * Makes events. Thread-safe.
	 */
	public interface Encoder {

		/**
		 * What a service looks like at present.
		 * @param service the service
		 * @return its image
		 */
		Image image(String service);

		/**
		 * An event.
		 * @param change the service, with the revision to name
		 * @param image what it looks like
		 * @param base what the watcher has, or {@code null} to send it whole
		 * @return the event
		 */
		Frame frame(Change change, Image image, Image.@Nullable Base base);

		/**
		 * Counts what a watcher is given.
		 * @param events how many events it is
		 * @param frame the events
		 */
		void sent(int events, Frame frame);

	}

}
