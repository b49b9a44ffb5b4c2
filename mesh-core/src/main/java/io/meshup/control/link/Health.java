package io.meshup.control.link;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.meshup.control.link.RegistryProblem.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is well and what is not between this process and the registry. Logs the first
 * problem of a kind at WARN, repetitions at DEBUG and the end of all at INFO, and tells
 * the listener. Thread-safe.
 */
public final class Health {

	/**
	 * What can be well or not independently of the others.
	 */
	public enum Channel {

		/** The calls that renew the lease. */
		BEAT,

		/** The watch. */
		LINE

	}

	private static final Logger logger = LoggerFactory.getLogger(Health.class);

	private final Timing timing;

	private final Duration maxAge;

	private final RegistryListener listener;

	private final Supplier<RegistryState> state;

	private final Map<Channel, RegistryProblem> problems = new EnumMap<>(Channel.class);

	private final Set<Kind> warned = EnumSet.noneOf(Kind.class);

	private final AtomicBoolean listenerFailed = new AtomicBoolean();

	private final AtomicBoolean watched = new AtomicBoolean();

	private boolean connected;

	private boolean joined;

	private boolean announced;

	private long changedAt;

	private long heardAt;

	private long troubleSince;

	private @Nullable URI url;

	public Health(Timing timing, Duration maxAge, RegistryListener listener, Supplier<RegistryState> state) {
		this.timing = timing;
		this.maxAge = maxAge;
		this.listener = listener;
		this.state = state;
		this.changedAt = timing.now();
		this.heardAt = this.changedAt;
	}

	/**
	 * What is known comes from disk.
	 * @param age how long ago the registry was heard by the process that wrote it
	 */
	public void loaded(Duration age) {
		synchronized (this) {
			this.heardAt = this.timing.now() - age.toNanos();
		}
		if (age.compareTo(this.maxAge) > 0) {
			logger.warn(
					"The last good state is {} h old, older than the {} h that it may be relied on. It is used "
							+ "until the registry answers: instances may be gone and rules may have changed",
					age.toHours(), this.maxAge.toHours());
		}
	}

	public void failed(Channel channel, RegistryProblem problem) {
		boolean known;
		synchronized (this) {
			known = !this.warned.add(problem.kind());
			if (this.problems.isEmpty()) {
				this.troubleSince = this.timing.now();
			}
			this.problems.put(channel, problem);
			this.joined &= channel != Channel.BEAT;
		}
		if (known) {
			logger.debug("{}", problem.message());
		}
		else {
			logger.warn("{} The application goes on; further failures of this kind are logged at DEBUG.",
					problem.message());
		}
		tell((told) -> told.onProblem(problem));
	}

	public void trying(URI registry) {
		synchronized (this) {
			this.url = (this.connected) ? this.url : registry;
		}
	}

	public void connected(URI registry) {
		boolean first;
		Duration trouble;
		synchronized (this) {
			this.url = registry;
			this.heardAt = this.timing.now();
			first = !this.connected;
			this.changedAt = first ? this.heardAt : this.changedAt;
			this.connected = true;
			trouble = endTrouble(Channel.LINE);
		}
		if (first) {
			tellWatching(registry);
			tell((told) -> told.onConnected(this.state.get()));
		}
		tellWell(trouble);
	}

	// Lines come and go, with a registry's restart for example: the first one is news.
	private void tellWatching(URI registry) {
		if (this.watched.compareAndSet(false, true)) {
			logger.info("Watching the registry at {}", registry);
		}
		else {
			logger.debug("Watching the registry at {} again", registry);
		}
	}

	public void disconnected() {
		synchronized (this) {
			if (!this.connected) {
				return;
			}
			this.connected = false;
			this.changedAt = this.timing.now();
			this.heardAt = this.changedAt;
		}
		tell((told) -> told.onDisconnected(this.state.get()));
	}

	/**
	 * A beat was taken.
	 * @param instance service and id
	 */
	void beaten(String instance) {
		boolean first;
		boolean announce;
		Duration trouble;
		synchronized (this) {
			first = !this.joined;
			announce = !this.announced;
			this.announced = true;
			this.joined = true;
			this.heardAt = this.timing.now();
			trouble = endTrouble(Channel.BEAT);
		}
		tellWell(trouble);
		if (announce) {
			logger.info("Joined the mesh as {} at the registry at {}", instance, this.state.get().url());
		}
		if (first) {
			tell((told) -> told.onJoined(this.state.get()));
		}
	}

	public void left() {
		synchronized (this) {
			this.joined = false;
			this.announced = false;
			this.problems.remove(Channel.BEAT);
		}
	}

	/**
	 * Whether a line is open.
	 * @return {@code true} as far as is known here
	 */
	public synchronized boolean isConnected() {
		return this.connected;
	}

	public synchronized RegistryState state(FeedState feed) {
		String error = this.problems.values().stream().map(RegistryProblem::message).findFirst().orElse(feed.error());
		Duration stale = this.connected ? Duration.ZERO : this.timing.since(this.heardAt);
		return new RegistryState(this.connected, this.joined, this.url, this.timing.since(this.changedAt),
				feed.registry(), feed.revision(), feed.applied(), stale, stale.compareTo(this.maxAge) > 0,
				feed.fromDisk(), error);
	}

	// How long the trouble lasted when this channel's was the last of it, else null.
	private @Nullable Duration endTrouble(Channel channel) {
		RegistryProblem gone = this.problems.remove(channel);
		if (gone == null || !this.problems.isEmpty()) {
			return null;
		}
		this.warned.clear();
		return this.timing.since(this.troubleSince);
	}

	private void tellWell(@Nullable Duration trouble) {
		if (trouble != null) {
			RegistryState now = this.state.get();
			logger.info("The registry at {} is well again after {} ms (revision {})", now.url(), trouble.toMillis(),
					now.revision());
			tell((told) -> told.onRecovered(now));
		}
	}

	private void tell(Consumer<RegistryListener> message) {
		try {
			message.accept(this.listener);
		}
		catch (RuntimeException ex) {
			if (this.listenerFailed.compareAndSet(false, true)) {
				logger.warn("A listener of the registry client failed; the client goes on and logs this only once", ex);
			}
		}
	}

	/**
	 * What the feed of snapshots adds to the state.
	 *
	 * @param registry the registry's name
	 * @param revision as far as heard
	 * @param applied as far as in force
	 * @param fromDisk nothing live yet
	 * @param error a snapshot that could not be used
	 */
	public record FeedState(@Nullable String registry, long revision, long applied, boolean fromDisk,
			@Nullable String error) {
	}

}
