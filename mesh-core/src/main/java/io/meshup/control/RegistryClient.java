package io.meshup.control;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.meshup.control.beat.Beater;
import io.meshup.control.beat.DrainReport;
import io.meshup.control.beat.ExtraBeats;
import io.meshup.control.lastgood.LastGood;
import io.meshup.control.lastgood.LastGoodKeeper;
import io.meshup.control.link.BoundedBody;
import io.meshup.control.link.Health;
import io.meshup.control.link.Link;
import io.meshup.control.link.RegistryListener;
import io.meshup.control.link.RegistryRequests;
import io.meshup.control.link.RegistryState;
import io.meshup.control.link.RegistryUrls;
import io.meshup.control.link.Timing;
import io.meshup.control.pulse.Pulse;
import io.meshup.control.survey.Spares;
import io.meshup.control.survey.Survey;
import io.meshup.control.watch.SnapshotFeed;
import io.meshup.control.watch.WatchedServices;
import io.meshup.control.watch.Watcher;
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

	private static final Duration LENT_AFTER = Duration.ofSeconds(1);

	private final boolean ownTimer;

	private final Timing timing;

	private final ExecutorService workers = Threads.workers();

	private final Health health;

	private final SnapshotFeed feed;

	private final WatchedServices watched;

	private final Spares spares = new Spares();

	private final @Nullable Survey survey;

	private final Link link;

	private final HttpClient beatHttp;

	private final Beater beater;

	private final Watcher watcher;

	private final Pulse pulse;

	private final @Nullable LastGoodKeeper keeper;

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	RegistryClient(RegistryClientBuilder builder) {
		this.ownTimer = builder.scheduler == null;
		this.timing = new Timing(builder.clock, (builder.scheduler != null) ? builder.scheduler : Threads.timer(),
				builder.random);
		this.health = new Health(this.timing, builder.maxAge, builder.listener, this::state);
		ExtraBeats confirmations = new ExtraBeats(this.timing, this::beatNow);
		this.watched = new WatchedServices(builder.watched(), builder.stickyKeys);
		this.feed = new SnapshotFeed(this.timing, this.watched, builder.snapshots, this::changed, confirmations::ask);
		String incarnation = Long.toHexString(builder.random.nextLong());
		this.link = new Link(new RegistryRequests(builder.service, incarnation, builder.trustDomain, builder.token),
				new RegistryUrls(builder.urls, this.timing::now), this.health, this::beaten, this::moveLine);
		this.beatHttp = Threads.http(this.workers);
		this.beater = new Beater(this.timing, this.workers, this.beatHttp, this.link,
				new Beater.Content(builder.beat, this.feed::applied, builder.edgesAcknowledged, builder.shares));
		this.keeper = (builder.lastGood != null)
				? new LastGoodKeeper(this.timing, this.workers, builder.lastGood, this::lastGood) : null;
		HttpClient watchHttp = Threads.http(this.workers);
		this.survey = builder.surveys ? new Survey(this.timing, watchHttp, this.link,
				new Survey.View(this.watched, this.spares, this::changed)) : null;
		this.watcher = new Watcher(this.timing, watchHttp, this.link,
				new Watcher.Feeding(this.feed, builder.silence, this.beater::beatNow));
		this.pulse = new Pulse(this.timing, this.link, this::ask, this.beater::interval);
	}

	/**
	 * Begins a client.
	 * @param urls the registries to try in turn, at least one, with scheme http or https
	 * @return a builder that needs at least {@link RegistryClientBuilder#service},
	 * {@link RegistryClientBuilder#snapshots} and, to register,
	 * {@link RegistryClientBuilder#beat}
	 */
	public static RegistryClientBuilder builder(List<URI> urls) {
		return new RegistryClientBuilder(urls);
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
			this.pulse.start();
			if (this.survey != null) {
				this.survey.start();
			}
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
	 * comes within a round trip. Where the registry cannot be asked, or says nothing for
	 * a second, what was last seen of the service comes instead. Without effect where all
	 * are watched.
	 * @param service its name
	 */
	public void want(String service) {
		if (this.watched.want(service)) {
			changed();
			renewSoon();
		}
		// Also where it is watched because others of this service call it, but has not
		// come.
		if (!this.watched.isAll()) {
			var unused = this.timing.after(isHeard() ? LENT_AFTER : Duration.ZERO, () -> lend(service));
		}
	}

	/**
	 * Hands on what was last seen of a service that is wanted and has not come, at once
	 * and on this thread; without effect where nothing was.
	 * @param service its name
	 */
	public void lend(String service) {
		this.feed.lend(this.spares.of(service));
	}

	/**
	 * Whether the registry can be asked at present, as far as is known here.
	 * @return whether a line is open
	 */
	public boolean isHeard() {
		return this.health.isConnected();
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
		this.pulse.close();
		this.watcher.close();
		if (this.survey != null) {
			this.survey.close();
		}
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
			this.spares.load(state.spares());
			this.feed.load(state);
			state.wanted().forEach(this::lend);
		});
		kept.confirmWhile(() -> !this.closed.get() && isHeard());
	}

	private LastGood lastGood() {
		LastGood known = this.feed.lastGood();
		return new LastGood(known.registry(), known.snapshots(), known.names(), known.wanted(), known.sticky(),
				known.inherited(), this.spares.all());
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
		this.beater.moveOn();
	}

	// Making a request reads the token's file: not on the timer's thread.
	private CompletableFuture<Integer> ask(Supplier<HttpRequest> request) {
		return CompletableFuture.supplyAsync(request, this.workers)
			.thenCompose((made) -> this.beatHttp.sendAsync(made, (info) -> new BoundedBody()))
			.thenApply(HttpResponse::statusCode);
	}

}
