package io.meshup.registry.watch.push;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.model.ServiceName;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.watch.content.ContentSource;
import io.meshup.registry.watch.image.Change;
import io.meshup.registry.watch.image.Frame;
import io.meshup.registry.watch.image.Image;
import io.meshup.registry.watch.image.Images;
import io.meshup.registry.watch.image.Names;
import io.meshup.registry.watch.stream.SharedBurst;
import io.meshup.registry.watch.stream.WatchRequest;
import io.meshup.registry.watch.stream.WatchStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every change to every watcher that wants it: what came since the last time is
 * taken together. One thread calls it, but for what is said to be thread-safe.
 */
final class Push {

	private static final Logger logger = LoggerFactory.getLogger(Push.class);

	private static final long NAMES_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Queue<Arrival> arrived = new ConcurrentLinkedQueue<>();

	private final Set<WatchStream> streams = ConcurrentHashMap.newKeySet();

	private final Audience audience = new Audience();

	private final Images images;

	private final ContentSource source;

	private final WatchMeters meters;

	private final LongSupplier nanoClock;

	private final Ahead ahead = new Ahead();

	private final Interests interests;

	private final WatchStream.Encoder encoder = new SharedFrames();

	private final Held held = new Held();

	private long revision;

	private long oldestNanos;

	private boolean wasPartial;

	private boolean isNamesDue;

	private long namesNanos;

	private Names names;

	Push(ContentSource source, Images images, WatchMeters meters, LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
		this.interests = new Interests(nanoClock);
		this.source = source;
		this.meters = meters;
		this.images = images;
		this.revision = source.revision();
		this.wasPartial = source.isPartial();
		this.names = new Names(source, source.isPartial(), null);
		this.namesNanos = nanoClock.getAsLong() - NAMES_NANOS;
		meters.watch(this.streams, source::revision);
	}

	/**
	 * Changes are heard of from now on: what came before counts as changed just now, for
	 * nobody knows what it was.
	 */
	void begin() {
		long present = this.source.revision();
		this.images.begin(present);
		this.revision = Math.max(this.revision, present);
	}

	/**
	 * Makes a stream that is to join. Thread-safe.
	 * @param request what it wants
	 * @param disconnect ends its connection
	 * @return a stream without events
	 */
	WatchStream stream(WatchRequest request, Runnable disconnect) {
		return new WatchStream(request, this.encoder, this.nanoClock, disconnect);
	}

	/**
	 * Notes a change for the next {@link #take}. Thread-safe.
	 * @param change what was published, in ascending revisions
	 */
	void arrived(ServiceChanged change) {
		this.arrived.add(new Arrival(change, this.nanoClock.getAsLong()));
	}

	/**
	 * Offers all that has arrived, and what was held back.
	 * @return how much that makes
	 */
	Pushed take() {
		Map<String, Change> changes = collect();
		this.held.release().forEach((change) -> changes.merge(change.service(), change, Change::and));
		return offer(changes);
	}

	/**
	 * Offers what has arrived but for what brings only more instances. A watcher gets
	 * that, too, when there is anything else for it: what it is sent ascends.
	 * @return how much that makes
	 */
	Pushed takeUrgent() {
		return offer(collect());
	}

	boolean isHolding() {
		return !this.held.isEmpty();
	}

	// What brings only more is held, all else returned.
	private Map<String, Change> collect() {
		Map<String, Change> changes = new LinkedHashMap<>();
		for (Arrival next = this.arrived.poll(); next != null; next = this.arrived.poll()) {
			String service = next.change.service();
			long at = next.change.revision();
			this.oldestNanos = (changes.isEmpty() && this.held.isEmpty()) ? next.nanos : this.oldestNanos;
			this.revision = at;
			this.isNamesDue = true;
			Change change = new Change(service, at, at);
			if (this.images.changed(service, at) && !changes.containsKey(service)) {
				this.held.add(change);
			}
			else {
				changes.merge(service, this.held.with(change), Change::and);
			}
		}
		return changes;
	}

	private Pushed offer(Map<String, Change> changes) {
		if (changes.isEmpty()) {
			return Pushed.NOTHING;
		}
		// Before the route that splits by a new key: it is of use only where all look for
		// it.
		if (!this.names.hasSticky(this.source.stickyKeys()) || isNew(changes.keySet())) {
			lookAtNames(this.wasPartial);
		}
		int events = this.audience.offer(changes.values(), this.held, (all) -> new SharedBurst(all, this.encoder),
				this.revision);
		this.meters.pushed(this.nanoClock.getAsLong() - this.oldestNanos);
		return new Pushed(changes.size(), events);
	}

	/**
	 * Adds a stream; its first events are all that the watcher has not got yet. What has
	 * arrived but was not taken follows for it as for all others: thousands that join at
	 * once do not make thousands of pushes.
	 * @param stream a new stream
	 */
	void join(WatchStream stream) {
		this.streams.add(stream);
		this.audience.add(stream);
		greet(stream);
		stream.offer(missed(stream.request()));
		stream.knows(this.revision);
	}

	private void greet(WatchStream stream) {
		WatchRequest request = stream.request();
		SortedSet<String> peers = this.interests.of(request.like());
		this.interests.add(request);
		if (!peers.isEmpty()) {
			stream.greet(Frame.peers(this.source.registry(), peers));
		}
		stream.offerNames(this.names);
	}

	void leave(WatchStream stream) {
		if (!this.streams.remove(stream)) {
			return;
		}
		this.audience.remove(stream);
		this.interests.remove(stream.request());
	}

	/**
	 * Cuts who does not read and tells who is silent that it has everything.
	 */
	void tick() {
		boolean isPartial = this.source.isPartial();
		if (this.wasPartial && !isPartial) {
			this.wasPartial = false;
			this.isNamesDue = true;
			touchAll();
		}
		if (this.isNamesDue) {
			lookAtNames(isPartial);
		}
		this.ahead.look(this.revision, this.nanoClock.getAsLong(), this.source);
		Frame sync = Frame.sync(this.source.registry(), this.revision, this.wasPartial);
		long now = this.nanoClock.getAsLong();
		for (WatchStream stream : this.streams) {
			if (stream.isSettled(now)) {
				continue;
			}
			if (stream.isStalled()) {
				logger.warn("A watcher has not read for 5 s and is cut off: {}", stream.request().watcher());
				stream.cut();
				leave(stream);
			}
			else if (hasAll(stream, now)) {
				stream.offerSync(sync);
			}
		}
	}

	// In a storm only who has been silent for long is looked at so closely.
	private boolean hasAll(WatchStream stream, long now) {
		if (this.held.isEmpty()) {
			return this.arrived.isEmpty();
		}
		WatchRequest request = stream.request();
		return stream.isSilent(now) && !request.isAll() && this.held.of(request.services()).isEmpty();
	}

	/**
	 * Ends all streams. Thread-safe.
	 */
	void end() {
		this.streams.forEach(WatchStream::end);
	}

	private List<Change> missed(WatchRequest request) {
		SortedSet<String> wanted = wanted(request);
		boolean isAhead = request.after() > this.revision;
		if (isAhead) {
			this.ahead.note(request.after(), this.revision, wanted, this.nanoClock.getAsLong());
		}
		long after = isAhead ? -1 : request.after();
		List<Change> missed = new ArrayList<>();
		for (String service : wanted) {
			long at = this.images.revision(service);
			if (at > after || request.fresh().contains(service)) {
				missed.add(new Change(service, at, at));
			}
		}
		return missed;
	}

	private SortedSet<String> wanted(WatchRequest request) {
		SortedSet<String> services = new TreeSet<>(request.services());
		if (request.isAll()) {
			services.add(ServiceName.MESH_WIDE);
			services.addAll(this.source.services());
			services.addAll(this.images.changed());
		}
		return services;
	}

	// A first call may follow at once. Where thousands are new, they are told together.
	private boolean isNew(Set<String> services) {
		return this.nanoClock.getAsLong() - this.namesNanos >= NAMES_NANOS
				&& services.stream().anyMatch((name) -> !name.equals(ServiceName.MESH_WIDE) && !this.names.has(name));
	}

	private void lookAtNames(boolean isPartial) {
		this.isNamesDue = false;
		this.namesNanos = this.nanoClock.getAsLong();
		Names present = new Names(this.source, isPartial, this.names);
		if (!this.names.isSame(present)) {
			this.names = present;
			this.streams.forEach((stream) -> stream.offerNames(this.names));
		}
	}

	/**
	 * All that was sent as partial is sent again as whole.
	 */
	private void touchAll() {
		SortedSet<String> services = this.source.services();
		services.addAll(this.images.changed());
		services.add(ServiceName.MESH_WIDE);
		services.addAll(this.audience.services());
		services.forEach(this.source::touch);
	}

	private final class SharedFrames implements WatchStream.Encoder {

		@Override
		public Image image(String service) {
			return Push.this.images.of(service);
		}

		@Override
		public Frame frame(Change change, Image image, Image.@Nullable Base base) {
			return image.frame(Push.this.source.registry(), change, base);
		}

		@Override
		public void sent(int events, Frame frame) {
			Push.this.meters.sent(events, frame.size());
		}

	}

	/**
	 * How much was pushed.
	 *
	 * @param services how many services had changed
	 * @param events how many events watchers get, those that are sent as one counted once
	 */
	record Pushed(int services, int events) {

		static final Pushed NOTHING = new Pushed(0, 0);

	}

	private record Arrival(ServiceChanged change, long nanos) {
	}

}
