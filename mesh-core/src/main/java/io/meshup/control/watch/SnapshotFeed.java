package io.meshup.control.watch;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

import io.meshup.control.event.LargeServices;
import io.meshup.control.event.SseParser;
import io.meshup.control.lastgood.LastGood;
import io.meshup.control.link.Health;
import io.meshup.control.link.Resume;
import io.meshup.control.link.Timing;
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
public final class SnapshotFeed {

	/**
	 * What is known from before must be silent for so long before it counts as gone: a
	 * registry that has just started does not know everybody yet.
	 */
	static final Duration GRACE = Duration.ofSeconds(35);

	/** More of what has not come yet goes into no request line: all is asked for. */
	private static final int MAX_FRESH_CHARS = 1_500;

	private static final Logger logger = LoggerFactory.getLogger(SnapshotFeed.class);

	private final Runnable onChange;

	private final Runnable onDrain;

	private final DrainNews drains;

	private final LargeServices large = new LargeServices();

	private final Holds holds = new Holds();

	private final InForce known;

	private final Doubts doubts;

	private final Inherited inherited;

	private @Nullable String registry;

	private long last;

	private long resumeAfter = -1;

	private long heard;

	private boolean resumed;

	private boolean fromDisk;

	private final WatchedServices watched;

	private final Brought brought = new Brought();

	private boolean hasNames;

	private @Nullable Resume opening;

	private @Nullable Resume current;

	/**
	 * Makes a feed that has nothing yet.
	 * @param timing the clock
	 * @param watched what is watched
	 * @param consumer takes the snapshots
	 * @param onChange told when what is in force has changed
	 * @param onDrain told when a snapshot is in force that a draining instance waits for
	 */
	public SnapshotFeed(Timing timing, WatchedServices watched, Consumer<ServiceSnapshot> consumer, Runnable onChange,
			Runnable onDrain) {
		this.watched = watched;
		this.known = new InForce(consumer, this.holds, onChange);
		this.onChange = onChange;
		this.onDrain = onDrain;
		this.drains = new DrainNews(timing);
		this.doubts = new Doubts(timing);
		this.inherited = new Inherited(timing);
	}

	/**
	 * Hands on the last good state from disk; nothing of it counts as applied. Only what
	 * is watched from now on: nobody would say when the rest changes.
	 * @param state what was in force
	 */
	public synchronized void load(LastGood state) {
		if (!state.names().isEmpty() && !this.watched.isAll()) {
			this.watched.names(state.names());
		}
		if (!this.watched.isAll()) {
			this.watched.stickyKeys(state.sticky());
		}
		state.wanted().forEach(this.watched::want);
		List<ServiceSnapshot> snapshots = state.snapshots()
			.stream()
			.filter((snapshot) -> this.watched.keep(snapshot.service()))
			.toList();
		this.registry = state.registry();
		this.fromDisk = !snapshots.isEmpty();
		snapshots.forEach(this.known::lay);
		this.inherited.begin(snapshots.stream().filter((each) -> state.inherited().contains(each.service())).toList());
	}

	/**
	 * Hands on what is known of a service that the registry has not said anything about
	 * yet; nothing of it counts as applied, and the registry's next word holds, also its
	 * silence.
	 * @param spare perhaps an old snapshot, or {@code null}
	 */
	public synchronized void lend(@Nullable ServiceSnapshot spare) {
		if (spare == null || !this.watched.isWatched(spare.service()) || this.brought.isTold(spare.service())
				|| this.known.of(spare.service()) != null) {
			return;
		}
		this.known.lend(spare);
		this.doubts.begin(Set.of(spare.service()));
	}

	/**
	 * A line is about to be opened, perhaps beside the present one. Until it is open
	 * nothing more counts as applied: the registry takes it for a watcher of all that the
	 * new line asks for.
	 * @return where it is to go on
	 */
	synchronized Resume prepare() {
		List<String> services = this.watched.services();
		long applied = applied();
		boolean resumes = this.resumeAfter >= 0 && this.brought.canResume(services);
		long after = resumes ? Math.min(this.resumeAfter, applied) : -1;
		List<String> fresh = resumes ? this.brought.missing(services) : List.of();
		boolean tooMany = String.join(",", fresh).length() > MAX_FRESH_CHARS;
		String from = (this.registry != null) ? this.registry : "";
		this.opening = tooMany ? new Resume(-1, applied, services, List.of(), from)
				: new Resume(after, applied, services, fresh, from);
		return this.opening;
	}

	/**
	 * The line is open: from now on events are its.
	 * @param resume where it goes on
	 */
	synchronized void begin(Resume resume) {
		this.last = Math.min(resume.applied(), applied());
		this.opening = null;
		this.current = resume;
		this.resumeAfter = resume.after();
		this.holds.clear();
		this.large.clear();
		this.hasNames = false;
		this.resumed = this.resumeAfter >= 0;
		this.brought.begin(resume.services(), this.resumed);
		if (!this.resumed) {
			this.doubts.restart(this.known.services());
		}
	}

	/**
	 * The line that was to be opened is not.
	 */
	synchronized void abandon() {
		this.opening = null;
	}

	/**
	 * Whether the present line brings all that is watched.
	 * @return {@code false} when another one is needed
	 */
	synchronized boolean isComplete() {
		return this.brought.isAll(this.watched.services());
	}

	/**
	 * A service is no longer watched.
	 * @param service the service
	 */
	public synchronized void forget(String service) {
		this.brought.remove(service);
		this.known.forget(service);
		this.doubts.forget(service);
		this.inherited.forget(service);
		this.onChange.run();
	}

	/**
	 * Takes the next event of the line.
	 * @param line where the line that brought it went on
	 * @param event any event, also one that cannot be read
	 * @return {@code false} when the line is no longer the present one, or is that of
	 * another registry and must be opened again to get everything
	 */
	@SuppressWarnings("ReferenceEquality")
	synchronized boolean take(Resume line, SseParser.Event event) {
		return line == this.current && take(event);
	}

	/**
	 * Takes the next event of the present line.
	 * @param event any event, also one that cannot be read
	 * @return {@code false} when the line must be opened again
	 */
	synchronized boolean take(SseParser.Event event) {
		return switch (event.type()) {
			case "service" -> service(event, this.large::whole);
			case "delta" -> service(event, this.large::changed);
			case "names" -> names(event);
			case "peers" -> peers(event);
			case "sync" -> sync(event);
			default -> true;
		};
	}

	public synchronized void heard(long revision) {
		this.heard = Math.max(this.heard, revision);
	}

	public synchronized long applied() {
		long applied = this.holds.appliedOf(this.last);
		return (this.opening != null) ? Math.min(applied, this.opening.applied()) : applied;
	}

	public synchronized Health.FeedState state() {
		String held = this.holds.reason();
		return new Health.FeedState(this.registry, Math.max(this.heard, this.last), applied(), this.fromDisk,
				(held != null) ? held : this.inherited.reason());
	}

	/**
	 * All that is in force, for the disk.
	 * @return the registry's name and one snapshot per service
	 */
	public synchronized LastGood lastGood() {
		Set<String> names = this.watched.names();
		return new LastGood((this.registry != null) ? this.registry : "", this.known.all(),
				(names != null) ? new TreeSet<>(names) : Set.of(), this.watched.wanted(), this.watched.stickyKeys(),
				this.inherited.services(), List.of());
	}

	private boolean service(SseParser.Event event, Function<byte[], ServiceSnapshot> reader) {
		ServiceSnapshot snapshot;
		try {
			snapshot = reader.apply(event.data());
		}
		catch (IllegalArgumentException ex) {
			JsonNode data = event.tree();
			long revision = data.path("revision").asLong(event.number(this.last + 1));
			String service = data.path("service").asString("(unreadable)");
			if (event.type().equals("delta")) {
				return misfit(service, revision, ex);
			}
			hold(service, revision, ex);
			return true;
		}
		if (!isOf(snapshot.registry())) {
			return false;
		}
		if (!this.hasNames || this.watched.isWatched(snapshot.service())) {
			accept(snapshot, this.large.asOf());
		}
		return true;
	}

	// Something was lost since the service's last event. A new line brings all since then
	// again, and the service whole.
	private boolean misfit(String service, long revision, IllegalArgumentException cause) {
		ServiceSnapshot present = this.known.of(service);
		hold(service, Math.min(revision, (present != null) ? present.revision() + 1 : 1), cause);
		this.last = Math.max(this.last, revision);
		return false;
	}

	private boolean names(SseParser.Event event) {
		JsonNode data = event.tree();
		if (!isOf(data.path("registry").asString(""))) {
			return false;
		}
		// An earlier registry tells no sticky keys: they are known where all is watched.
		this.hasNames = this.hasNames || data.has("sticky");
		if (this.watched.take(data)) {
			this.onChange.run();
		}
		return true;
	}

	// What others of this service call is watched before the first call here.
	private boolean peers(SseParser.Event event) {
		if (this.watched.takePeers(event.tree())) {
			this.onChange.run();
		}
		return true;
	}

	private boolean sync(SseParser.Event event) {
		if (!this.hasNames && !this.watched.isAll()) {
			logger.info("The registry does not tell names of services and sticky keys, so all services are watched");
			this.watched.all();
			return startOver();
		}
		JsonNode data = event.tree();
		long revision = data.path("revision").asLong(event.number(-1));
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
		this.known.tryHeldAgain();
		this.brought.synced(data.path("partial").asBoolean(false));
		retire(revision, data.path("partial"));
		this.inherited.overdue().map(this.known::of).filter(Objects::nonNull).forEach(this::letGo);
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
			replaced(this.registry, name);
		}
		this.registry = name;
		this.last = 0;
		this.heard = 0;
		this.brought.clear();
		this.known.restart();
		this.doubts.restart(this.known.services());
		return true;
	}

	private void replaced(String before, String now) {
		if (!before.isEmpty()) {
			logger.warn("The registry is now '{}', before it was '{}': its store was lost or replaced. Its rules hold "
					+ "from now on; instances that it does not know stay in use. If that was no intention, restore "
					+ "the backup or correct mesh.registry.urls", now, before);
			this.inherited.begin(this.known.all());
		}
	}

	private boolean startOver() {
		this.resumeAfter = -1;
		return false;
	}

	private void accept(ServiceSnapshot told, long asOf) {
		ServiceSnapshot snapshot = this.inherited.over(told);
		ServiceSnapshot old = this.known.of(snapshot.service());
		this.doubts.confirm(snapshot, this.known.services());
		this.brought.add(snapshot.service());
		this.fromDisk = false;
		this.known.take(snapshot, asOf);
		this.last = Math.max(this.last, snapshot.revision());
		this.resumeAfter = Math.max(this.resumeAfter, snapshot.revision() - 1);
		if (this.drains.isAwaited(old, snapshot)) {
			this.onDrain.run();
		}
	}

	private void hold(String service, long revision, RuntimeException cause) {
		this.holds.add(service, revision, null, cause.toString());
		this.last = Math.max(this.last, revision);
	}

	private void retire(long revision, JsonNode partialNow) {
		if (this.registry == null) {
			return;
		}
		for (String service : this.doubts.gone(partialNow)) {
			if (!this.brought.isOnLine(service)) {
				continue;
			}
			logger.info("Service '{}' is no longer known to the registry (revision {})", service, revision);
			accept(new ServiceSnapshot(this.registry, service, revision, false, List.of(), List.of(), List.of()),
					revision);
			this.resumeAfter = revision;
		}
	}

	private void letGo(ServiceSnapshot kept) {
		accept(new ServiceSnapshot(kept.registry(), kept.service(), kept.revision(), false, List.of(), List.of(),
				kept.rules()), kept.revision());
	}

}
