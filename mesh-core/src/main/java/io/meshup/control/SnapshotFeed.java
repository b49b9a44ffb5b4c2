package io.meshup.control;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Turns the events of the watch into snapshots for the consumer and keeps count of what
 * is in force. Thread-safe; the consumer is called by one thread at a time.
 * <p>
 * Two numbers are kept apart. {@code applied} is told to the registry: the highest
 * revision up to which everything has been taken by the consumer. The point to resume
 * after lies one below the last event until a {@code sync} confirms it, because after a
 * registry's restart several services share one revision and a line may break between
 * them.
 */
final class SnapshotFeed {

	/**
	 * What is known from before must be silent for so long before it counts as gone: a
	 * registry that has just started does not know everybody yet.
	 */
	static final Duration GRACE = Duration.ofSeconds(35);

	private static final Logger logger = LoggerFactory.getLogger(SnapshotFeed.class);

	private final Timing timing;

	private final Consumer<ServiceSnapshot> consumer;

	private final Runnable onChange;

	private final Runnable onDrain;

	private final DrainNews drains;

	private final Map<String, ServiceSnapshot> known = new TreeMap<>();

	private final LargeServices large = new LargeServices();

	private final Holds holds = new Holds();

	private final Set<String> partial = new HashSet<>();

	private final Set<String> unconfirmed = new HashSet<>();

	private long unconfirmedSince;

	private @Nullable String registry;

	private long last;

	private long resumeAfter = -1;

	private long heard;

	private boolean resumed;

	private boolean fromDisk;

	/**
	 * Makes a feed that has nothing yet.
	 * @param timing the clock
	 * @param consumer takes the snapshots
	 * @param onChange told when what is in force has changed
	 * @param onDrain told when a snapshot is in force that a draining instance waits for
	 */
	SnapshotFeed(Timing timing, Consumer<ServiceSnapshot> consumer, Runnable onChange, Runnable onDrain) {
		this.timing = timing;
		this.consumer = consumer;
		this.onChange = onChange;
		this.onDrain = onDrain;
		this.drains = new DrainNews(timing);
	}

	/**
	 * Hands on the last good state from disk; nothing of it counts as applied.
	 * @param from the registry's name
	 * @param snapshots one per service
	 */
	synchronized void load(String from, List<ServiceSnapshot> snapshots) {
		this.registry = from;
		this.fromDisk = !snapshots.isEmpty();
		for (ServiceSnapshot snapshot : snapshots) {
			if (handOn(snapshot)) {
				this.known.put(snapshot.service(), snapshot);
			}
		}
		this.holds.clear();
	}

	/**
	 * A line is about to be opened.
	 * @return the revision to resume after, or -1 to ask for everything
	 */
	synchronized long open() {
		this.last = applied();
		this.resumeAfter = (this.resumeAfter < 0) ? -1 : Math.min(this.resumeAfter, this.last);
		this.holds.clear();
		this.large.clear();
		this.resumed = this.resumeAfter >= 0;
		if (!this.resumed) {
			this.partial.clear();
			doubt();
		}
		return this.resumeAfter;
	}

	/**
	 * Takes the next event of the line.
	 * @param event any event, also one that cannot be read
	 * @return {@code false} when the line is that of another registry and must be opened
	 * again to get everything
	 */
	synchronized boolean take(SseParser.Event event) {
		return switch (event.type()) {
			case "service" -> service(event, this.large::whole);
			case "delta" -> service(event, this.large::changed);
			case "sync" -> sync(event);
			default -> true;
		};
	}

	synchronized void heard(long revision) {
		this.heard = Math.max(this.heard, revision);
	}

	synchronized long applied() {
		return this.holds.appliedOf(this.last);
	}

	synchronized Health.FeedState state() {
		return new Health.FeedState(this.registry, Math.max(this.heard, this.last), applied(), this.fromDisk,
				this.holds.reason());
	}

	/**
	 * All that is in force, for the disk.
	 * @return the registry's name and one snapshot per service
	 */
	synchronized LastGood lastGood() {
		return new LastGood((this.registry != null) ? this.registry : "", List.copyOf(this.known.values()));
	}

	private boolean service(SseParser.Event event, Function<byte[], ServiceSnapshot> reader) {
		ServiceSnapshot snapshot;
		try {
			snapshot = reader.apply(event.data());
		}
		catch (IllegalArgumentException ex) {
			JsonNode data = tree(event);
			long revision = data.path("revision").asLong(number(event.id(), this.last + 1));
			String service = data.path("service").asString("(unreadable)");
			if (event.type().equals("delta")) {
				return misfit(service, revision, ex);
			}
			hold(service, revision, null, ex);
			return true;
		}
		if (!isOf(snapshot.registry())) {
			return false;
		}
		accept(snapshot);
		return true;
	}

	// Something was lost since the service's last event. A new line brings all since then
	// again, and the service whole.
	private boolean misfit(String service, long revision, IllegalArgumentException cause) {
		ServiceSnapshot present = this.known.get(service);
		hold(service, Math.min(revision, (present != null) ? present.revision() + 1 : 1), null, cause);
		this.last = Math.max(this.last, revision);
		return false;
	}

	private boolean sync(SseParser.Event event) {
		JsonNode data = tree(event);
		long revision = data.path("revision").asLong(number(event.id(), -1));
		String name = data.path("registry").asString("");
		if (revision < 0 || (!name.isEmpty() && !isOf(name))) {
			return revision < 0;
		}
		if (revision < this.last) {
			logger.debug("The registry is at revision {}, before {} that is in force here", revision, this.last);
			return !this.resumed || startOver();
		}
		this.last = revision;
		this.resumeAfter = revision;
		this.fromDisk = false;
		this.holds.snapshots().forEach(this::tryAgain);
		retire(revision, data.path("partial"));
		return true;
	}

	private boolean isOf(String name) {
		if (name.equals(this.registry)) {
			return true;
		}
		if (this.resumed) {
			return startOver();
		}
		if (this.registry != null) {
			logger.info("The registry is now '{}', before it was '{}'", name, this.registry);
		}
		this.registry = name;
		this.last = 0;
		this.heard = 0;
		this.partial.clear();
		doubt();
		return true;
	}

	private boolean startOver() {
		this.resumeAfter = -1;
		return false;
	}

	private void accept(ServiceSnapshot snapshot) {
		ServiceSnapshot old = this.known.get(snapshot.service());
		if (snapshot.partial() && this.partial.isEmpty()) {
			doubt();
		}
		this.unconfirmed.remove(snapshot.service());
		if (snapshot.partial()) {
			this.partial.add(snapshot.service());
		}
		else {
			this.partial.remove(snapshot.service());
		}
		this.fromDisk = false;
		boolean outdated = old != null && old.registry().equals(snapshot.registry())
				&& snapshot.revision() < old.revision();
		if (!outdated && handOn(snapshot)) {
			remember(snapshot);
		}
		this.last = Math.max(this.last, snapshot.revision());
		this.resumeAfter = Math.max(this.resumeAfter, snapshot.revision() - 1);
		if (this.drains.isAwaited(old, snapshot)) {
			this.onDrain.run();
		}
	}

	private void remember(ServiceSnapshot next) {
		ServiceSnapshot old = this.known.get(next.service());
		ServiceSnapshot merged = PartialMerge.of(old, next);
		if (!merged.partial() && merged.instances().isEmpty() && merged.rules().isEmpty()) {
			this.known.remove(merged.service());
		}
		else {
			this.known.put(merged.service(), merged);
		}
		if (!merged.equals(old)) {
			this.onChange.run();
		}
	}

	private boolean handOn(ServiceSnapshot snapshot) {
		try {
			this.consumer.accept(snapshot);
			this.holds.remove(snapshot.service());
			return true;
		}
		catch (RuntimeException ex) {
			hold(snapshot.service(), snapshot.revision(), snapshot, ex);
			return false;
		}
	}

	private void tryAgain(ServiceSnapshot snapshot) {
		if (handOn(snapshot)) {
			remember(snapshot);
		}
	}

	private void hold(String service, long revision, @Nullable ServiceSnapshot snapshot, RuntimeException cause) {
		this.holds.add(service, revision, snapshot, cause.toString());
		this.last = Math.max(this.last, revision);
	}

	private void doubt() {
		this.unconfirmed.addAll(this.known.keySet());
		this.unconfirmedSince = this.timing.now();
	}

	private void retire(long revision, JsonNode partialNow) {
		boolean sure = partialNow.isBoolean() ? !partialNow.asBoolean()
				: this.timing.since(this.unconfirmedSince).compareTo(GRACE) >= 0;
		if (!sure || !this.partial.isEmpty() || this.registry == null) {
			return;
		}
		for (String service : List.copyOf(this.unconfirmed)) {
			logger.info("Service '{}' is no longer known to the registry (revision {})", service, revision);
			accept(new ServiceSnapshot(this.registry, service, revision, false, List.of(), List.of(), List.of()));
		}
		this.resumeAfter = revision;
	}

	private static JsonNode tree(SseParser.Event event) {
		try {
			return MeshJson.readTree(event.data());
		}
		catch (IllegalArgumentException ex) {
			return MeshJson.mapper().missingNode();
		}
	}

	private static long number(String text, long otherwise) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

}
