package io.meshup.control;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.meshup.control.beat.BeatContent;
import io.meshup.control.beat.Beater;
import io.meshup.control.beat.DrainReport;
import io.meshup.control.beat.ExtraBeats;
import io.meshup.control.lastgood.LastGoodKeeper;
import io.meshup.control.link.BoundedBody;
import io.meshup.control.link.Health;
import io.meshup.control.link.Link;
import io.meshup.control.link.RegistryListener;
import io.meshup.control.link.RegistryRequests;
import io.meshup.control.link.RegistryState;
import io.meshup.control.link.RegistryUrls;
import io.meshup.control.link.Timing;
import io.meshup.control.watch.SnapshotFeed;
import io.meshup.control.watch.WatchedServices;
import io.meshup.control.watch.Watcher;
import io.meshup.model.ServiceName;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.EdgeTotals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A participant's side of the registry protocol: beats, watch, reconnect and the last
 * good state on disk. No failure of the registry ever reaches the application; it is told
 * to the {@link RegistryListener} and shown by {@link #state()}.
 * <p>
 * Thread-safe. The consumer of snapshots is called by one thread at a time, first by that
 * of {@link #start()} with what was on disk, later by the client's own. All threads are
 * daemons.
 */
public final class RegistryClient implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RegistryClient.class);

	private final boolean ownTimer;

	private final Timing timing;

	private final ExecutorService workers = Threads.workers();

	private final Health health;

	private final SnapshotFeed feed;

	private final WatchedServices watched;

	private final Link link;

	private final HttpClient beatHttp;

	private final Beater beater;

	private final Watcher watcher;

	private final @Nullable LastGoodKeeper keeper;

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	private RegistryClient(Builder builder) {
		this.ownTimer = builder.scheduler == null;
		this.timing = new Timing(builder.clock, (builder.scheduler != null) ? builder.scheduler : Threads.timer(),
				builder.random);
		this.health = new Health(this.timing, builder.maxAge, builder.listener, this::state);
		ExtraBeats confirmations = new ExtraBeats(this.timing, this::beatNow);
		this.watched = new WatchedServices(builder.watched(), builder.stickyKeys);
		this.feed = new SnapshotFeed(this.timing, this.watched, builder.snapshots, this::changed, confirmations::ask);
		String incarnation = Long.toHexString(builder.random.nextLong());
		this.link = new Link(new RegistryRequests(builder.service, incarnation, builder.trustDomain, builder.token),
				new RegistryUrls(builder.urls), this.health, this::beaten, this::moveLine);
		this.beatHttp = Threads.http(this.workers);
		this.beater = new Beater(this.timing, this.workers, this.beatHttp, this.link,
				new Beater.Content(builder.beat, this.feed::applied, builder.edgesAcknowledged, builder.shares));
		this.keeper = (builder.lastGood != null)
				? new LastGoodKeeper(this.timing, this.workers, builder.lastGood, this.feed::lastGood) : null;
		this.watcher = new Watcher(this.timing, Threads.http(this.workers), this.link,
				new Watcher.Feeding(this.feed, builder.silence, this.beater::beatNow));
	}

	/**
	 * Begins a client.
	 * @param urls the registries to try in turn, at least one, with scheme http or https
	 * @return a builder that needs at least {@link Builder#service},
	 * {@link Builder#snapshots} and, to register, {@link Builder#beat}
	 */
	public static Builder builder(List<URI> urls) {
		return new Builder(urls);
	}

	/**
	 * Hands on the last good state from disk and begins to watch; does not register.
	 * Never throws because of a registry that is missing or wrong.
	 */
	public void start() {
		if (this.started.compareAndSet(false, true) && !this.closed.get()) {
			if (this.keeper != null) {
				load(this.keeper);
			}
			this.watcher.start();
		}
	}

	/**
	 * Begins to beat. Returns at once.
	 */
	public void register() {
		if (!this.closed.get()) {
			this.beater.start();
		}
	}

	/**
	 * Beats at once because the status changed; without effect before
	 * {@link #register()}. Many calls during one beat lead to one more beat.
	 */
	public void beatNow() {
		this.beater.beatNow();
	}

	/**
	 * Watches one more service, now and after a restart. Returns at once; its snapshot
	 * comes within a round trip. Without effect where all are watched.
	 * @param service its name
	 */
	public void want(String service) {
		if (this.watched.want(service)) {
			changed();
			renewSoon();
		}
	}

	/**
	 * Ends what {@link #want} began: the consumer gets no more snapshots of the service.
	 * @param service its name
	 * @return whether it was watched because it was wanted
	 */
	public boolean forget(String service) {
		boolean forgotten = this.watched.forget(service);
		if (forgotten) {
			this.feed.forget(service);
			renewSoon();
		}
		return forgotten;
	}

	/**
	 * The services that {@link #want} asked for.
	 * @return their names
	 */
	public Set<String> wanted() {
		return this.watched.wanted();
	}

	/**
	 * Whether all services are watched.
	 * @return {@code true} also where the registry knows no names, or too many are wanted
	 */
	public boolean watchesAll() {
		return this.watched.isAll();
	}

	/**
	 * The names of all services, where not all are watched.
	 * @return {@code null} while nothing was heard of them
	 */
	public @Nullable Set<String> names() {
		return this.watched.names();
	}

	/**
	 * Whether a name is, or was since the start, that of a service; also where its
	 * snapshot has not come.
	 * @param service any name
	 * @return {@code false} while nothing was heard of names
	 */
	public boolean wasNamed(String service) {
		return this.watched.wasNamed(service);
	}

	/**
	 * Waits until every caller has confirmed that it no longer chooses this instance,
	 * whose beats must say {@code DRAINING} by now; they go on afterwards. Returns at
	 * once when the registry cannot be asked.
	 * @param limit how long to wait for the callers
	 * @return how it ended
	 */
	public DrainReport drain(Duration limit) {
		if (this.closed.get() || !state().joined()) {
			return new DrainReport(DrainReport.Outcome.NOT_CONNECTED, Duration.ZERO, 0, List.of(), List.of(), 0);
		}
		return this.beater.drain(limit);
	}

	/**
	 * Ends the beats and takes the instance off the registry, as well as that goes.
	 * @param limit how long the caller is willing to wait
	 */
	public void leave(Duration limit) {
		if (this.closed.get()) {
			return;
		}
		long began = this.timing.now();
		try {
			this.beater.stop().get(limit.toNanos(), TimeUnit.NANOSECONDS);
			String id = this.beater.forgetId();
			if (id != null) {
				delete(id, limit.minus(this.timing.since(began)));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			logger.info("The registry was not told that we leave; it will notice by itself ({})", ex.toString());
		}
		this.health.left();
		this.watcher.speakFor(null);
	}

	/**
	 * How this process stands to the registry.
	 * @return the present state
	 */
	public RegistryState state() {
		return this.health.state(this.feed.state());
	}

	/**
	 * Ends threads and connections, without leaving; may be called more than once.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		boolean wasHeard = state().connected();
		var unused = this.beater.stop();
		this.watcher.close();
		if (this.keeper != null) {
			this.keeper.end(wasHeard);
		}
		if (this.ownTimer) {
			this.timing.scheduler().shutdownNow();
		}
		this.workers.shutdown();
	}

	private void delete(String id, Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
		HttpRequest request = this.link.requests().leave(this.link.beatUrl(), id);
		CompletableFuture<HttpResponse<byte[]>> answer = delete(request)
			.exceptionallyCompose((first) -> delete(request));
		try {
			int status = answer.get(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS).statusCode();
			logger.info("Left the mesh as {}/{} (the registry answered {})", this.link.requests().service(), id,
					status);
		}
		finally {
			answer.cancel(true);
		}
	}

	private CompletableFuture<HttpResponse<byte[]>> delete(HttpRequest request) {
		return this.beatHttp.sendAsync(request, (info) -> new BoundedBody());
	}

	private void load(LastGoodKeeper kept) {
		kept.load().ifPresent((state) -> {
			this.health.loaded(kept.age());
			this.feed.load(state);
		});
		kept.confirmWhile(this::isHeard);
	}

	private boolean isHeard() {
		return !this.closed.get() && state().connected();
	}

	private void changed() {
		if (this.keeper != null) {
			this.keeper.changed();
		}
	}

	// Opening a line reads the token's file and more: not on the thread of a call.
	private void renewSoon() {
		var unused = this.timing.after(Duration.ZERO, this.watcher::renew);
	}

	private void beaten(String instance, long revision) {
		this.feed.heard(revision);
		this.watcher.speakFor(instance);
	}

	private void moveLine() {
		this.watcher.moveOn();
	}

	/**
	 * Collects what a client needs. Not thread-safe.
	 */
	public static final class Builder {

		private final List<URI> urls;

		private Supplier<@Nullable String> token = () -> null;

		private String trustDomain = "";

		private String service = "";

		private List<String> services = List.of(ServiceName.MESH_WIDE);

		private Supplier<BeatContent> beat = () -> {
			throw new IllegalStateException("No supplier of beats was given");
		};

		private Consumer<List<EdgeTotals>> edgesAcknowledged = (edges) -> {
		};

		private Consumer<Map<String, Double>> shares = (shares) -> {
		};

		private Consumer<ServiceSnapshot> snapshots = (snapshot) -> {
		};

		private Consumer<Set<String>> stickyKeys = (keys) -> {
		};

		private RegistryListener listener = new RegistryListener() {
		};

		private @Nullable Path lastGood;

		private Duration maxAge = Duration.ofHours(24);

		private @Nullable ScheduledExecutorService scheduler;

		private LongSupplier clock = SystemClock::nanoTime;

		private RandomGenerator random = new java.security.SecureRandom();

		private Duration silence = Duration.ofSeconds(5);

		private Builder(List<URI> urls) {
			this.urls = List.copyOf(urls);
		}

		/**
		 * The join token, asked for at each call; {@code null} or blank for none.
		 * @param token the supplier
		 * @return this
		 */
		public Builder token(Supplier<@Nullable String> token) {
			this.token = token;
			return this;
		}

		/**
		 * The mesh that this process belongs to: a registry of another one refuses it.
		 * @param trustDomain its name, empty where it does not matter
		 * @return this
		 */
		public Builder trustDomain(String trustDomain) {
			this.trustDomain = trustDomain;
			return this;
		}

		/**
		 * The service that this process is part of.
		 * @param service its name
		 * @return this
		 */
		public Builder service(String service) {
			this.service = ServiceName.require(service);
			return this;
		}

		/**
		 * The services to watch, all by default.
		 * @param services names, or {@code *}
		 * @return this
		 */
		public Builder services(List<String> services) {
			this.services = List.copyOf(services);
			return this;
		}

		/**
		 * What to say in beats; asked on the client's threads for each beat.
		 * @param beat the supplier
		 * @return this
		 */
		public Builder beat(Supplier<BeatContent> beat) {
			this.beat = beat;
			return this;
		}

		/**
		 * Is told the edges of each beat that the registry took.
		 * @param edgesAcknowledged the consumer
		 * @return this
		 */
		public Builder edgesAcknowledged(Consumer<List<EdgeTotals>> edgesAcknowledged) {
			this.edgesAcknowledged = edgesAcknowledged;
			return this;
		}

		/**
		 * Is told which part of each mesh-wide limit the registry lets this instance
		 * have, by the answer to each beat.
		 * @param shares the consumer
		 * @return this
		 */
		public Builder shares(Consumer<Map<String, Double>> shares) {
			this.shares = shares;
			return this;
		}

		/**
		 * Takes the snapshots. What it throws is logged, and the revision does not count
		 * as applied until the consumer takes that snapshot or a newer one.
		 * @param snapshots the consumer
		 * @return this
		 */
		public Builder snapshots(Consumer<ServiceSnapshot> snapshots) {
			this.snapshots = snapshots;
			return this;
		}

		/**
		 * Is told the sticky keys of all routes in the mesh, where not all services are
		 * watched; by the same threads as {@link #snapshots}.
		 * @param stickyKeys the consumer, which must not throw
		 * @return this
		 */
		public Builder stickyKeys(Consumer<Set<String>> stickyKeys) {
			this.stickyKeys = stickyKeys;
			return this;
		}

		/**
		 * Where the last good state is kept; nothing is kept without this.
		 * @param lastGood a file in a directory that belongs to this user
		 * @return this
		 */
		public Builder lastGood(@Nullable Path lastGood) {
			this.lastGood = lastGood;
			return this;
		}

		/**
		 * How long what is known may be relied on without a word of the registry, 24 h by
		 * default. After that it is used, but said to be outdated.
		 * @param maxAge the longest time
		 * @return this
		 */
		public Builder maxAge(Duration maxAge) {
			this.maxAge = maxAge;
			return this;
		}

		/**
		 * Is told what happens.
		 * @param listener the listener
		 * @return this
		 */
		public Builder listener(RegistryListener listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Monotonic nanoseconds, the machine's by default.
		 * @param clock the clock
		 * @return this
		 */
		public Builder clock(LongSupplier clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Runs the timers; by default the client has a thread of its own. One that is
		 * given is not shut down.
		 * @param scheduler the scheduler
		 * @return this
		 */
		public Builder scheduler(ScheduledExecutorService scheduler) {
			this.scheduler = scheduler;
			return this;
		}

		/**
		 * Dice for jitter and the incarnation.
		 * @param random a thread-safe generator
		 * @return this
		 */
		public Builder random(RandomGenerator random) {
			this.random = random;
			return this;
		}

		/**
		 * How long the watch may be silent before it is cut, 5 s by default.
		 * @param silence the longest silence
		 * @return this
		 */
		public Builder silence(Duration silence) {
			this.silence = silence;
			return this;
		}

		/**
		 * Makes the client; nothing is sent before {@link RegistryClient#start()}.
		 * @return the client
		 * @throws IllegalArgumentException when a URL or the service's name is none
		 */
		public RegistryClient build() {
			ServiceName.require(this.service);
			return new RegistryClient(this);
		}

		private Set<String> watched() {
			if (this.services.contains(ServiceName.MESH_WIDE)) {
				return Set.of(ServiceName.MESH_WIDE);
			}
			Set<String> names = new LinkedHashSet<>(this.services);
			names.add(this.service);
			return names;
		}

	}

}
