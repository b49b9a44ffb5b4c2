package io.meshup.registry.lease;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.meshup.model.beat.Beat;
import io.meshup.model.beat.LeaseGrant;
import io.meshup.registry.lease.drain.DrainView;
import io.meshup.registry.lease.drain.Drains;
import io.meshup.registry.lease.drain.OtherConfirmations;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.instance.Watcher;
import io.meshup.registry.lease.intent.Intents;
import io.meshup.registry.lease.node.Greeting;
import io.meshup.registry.lease.shared.ServiceRevisions;
import io.meshup.registry.lease.shared.SharedRows;
import io.meshup.registry.lease.table.LeaseConflict;
import io.meshup.registry.lease.table.LeaseTable;
import io.meshup.registry.lease.table.LeaseTimes;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.ServiceChanged;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;

/**
 * The leases of the running registry: one thread owns the {@link LeaseTable} and its
 * clock. Thread-safe; nothing here blocks the caller.
 */
public final class Leases implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Leases.class);

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread created = new Thread(task, "mesh-leases");
		created.setDaemon(true);
		return created;
	});

	private final LeaseTable table;

	private final Intents intents;

	private final Drains drains;

	private final MeshStore store;

	private volatile boolean isStopping;

	Leases(MeshStore store, Nodes nodes, ServiceRevisions revisions, InstantSource wallClock) {
		this.store = store;
		this.table = new LeaseTable(System::nanoTime, wallClock, revisions, nodes);
		this.intents = new Intents(store, revisions, wallClock);
		this.drains = new Drains(this.table, new OtherConfirmations(nodes), this.intents::present, store::revision);
		store.subscribe(this::published);
		nodes.onReloaded(() -> {
			this.table.load(nodes.leases(), store.revision());
			execute(this.table::loaded);
		});
		nodes.onNodeLost((node) -> execute(() -> this.table.nodeLost(node)));
		if (Greeting.isSomebodyElseSettled(nodes, () -> !this.table.isPartial())) {
			this.table.knowsAll();
		}
		Future<?> unused = this.thread.scheduleAtFixedRate(this::tick, LeaseTimes.TICK_NANOS, LeaseTimes.TICK_NANOS,
				TimeUnit.NANOSECONDS);
	}

	/**
	 * This node stops: the streams that end now say nothing of the instances, which go on
	 * at other nodes.
	 */
	public void handOver() {
		this.table.handOver();
		this.isStopping = this.table.isFrozen();
	}

	/**
	 * Waits until the instances have come to other nodes.
	 * @param limit how long at most
	 */
	public void awaitHandedOver(Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		while (this.table.isFrozen() && this.table.ownSize() > 0 && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(LeaseTimes.TICK_NANOS / 2);
		}
	}

	/**
	 * Counts a line, which holds the lease of its instance until it is closed.
	 * @param line a new line
	 * @return completes when counted; fails with 409 when another living process holds
	 * the id
	 */
	public Mono<Void> open(Line line) {
		return onThread(() -> {
			this.table.open(line);
			return true;
		}).then();
	}

	/**
	 * A line broke or was ended. Closing twice, or a line that was not counted, does
	 * nothing.
	 * @param line the line
	 */
	public void close(Line line) {
		execute(() -> this.table.close(line));
	}

	/**
	 * The names of the services with at least one instance.
	 * @return in alphabetical order
	 */
	public List<String> services() {
		return this.table.services();
	}

	/**
	 * The instances of a service.
	 * @param service the service
	 * @return in the order of their ids, empty when there are none
	 */
	public List<ListedInstance> instances(String service) {
		return this.drains.instances(service);
	}

	/**
	 * What has left since the start, while snapshots are partial.
	 * @param service the service
	 * @return ids
	 */
	public Collection<String> gone(String service) {
		return this.table.gone(service);
	}

	/**
	 * Whether the registry has just started, so that a missing instance says nothing.
	 * @return {@code true} in the first 30 s
	 */
	public boolean isPartial() {
		return this.table.isPartial();
	}

	/**
	 * How far the drain of an instance has come.
	 * @param key the instance
	 * @return {@code null} unless it drains
	 */
	@Nullable DrainView drain(LeaseKey key) {
		return this.drains.view(key);
	}

	LeaseTable table() {
		return this.table;
	}

	Drains drains() {
		return this.drains;
	}

	Intents intents() {
		return this.intents;
	}

	int ownSize() {
		return this.table.ownSize();
	}

	Map<String, Integer> heldByNode() {
		return this.table.heldByNode();
	}

	int size() {
		return this.table.size();
	}

	int lines() {
		return this.table.lines();
	}

	/**
	 * The instances with an open line for a service.
	 * @param service the service
	 * @return in the order of their services and ids
	 */
	public List<Watcher> watchers(String service) {
		return this.drains.watchers(service);
	}

	Mono<LeaseGrant> beat(LeaseKey key, Beat beat) {
		return onThread(() -> {
			Duration interval = Duration.ofNanos(this.table.beat(key, beat));
			Duration lease = Duration.ofNanos(LeaseTimes.leaseNanos(interval.toNanos()));
			return new LeaseGrant(lease, interval, this.store.revision(), this.drains.progress(key), Map.of(),
					this.table.isFrozen());
		});
	}

	Mono<Boolean> leave(LeaseKey key, String incarnation) {
		return onThread(() -> this.table.leave(key, incarnation));
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

	// On the store's thread, before the watchers are told of the same change.
	private void published(ServiceChanged change) {
		List<SharedRows.Outcome> outcomes = this.table.publish(change);
		this.intents.published(change);
		if (!outcomes.isEmpty()) {
			execute(() -> this.table.published(outcomes));
		}
	}

	private void execute(Runnable task) {
		if (!this.thread.isShutdown()) {
			this.thread.execute(task);
		}
	}

	private <T> Mono<T> onThread(Callable<T> task) {
		return Mono.<T>create((sink) -> {
			if (this.thread.isShutdown() || this.isStopping) {
				sink.error(ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
						"The registry is stopping. Try again when it is back, or ask another one."));
				return;
			}
			this.thread.execute(() -> run(task, sink));
		}).publishOn(Schedulers.parallel());
	}

	private static <T> void run(Callable<T> task, MonoSink<T> sink) {
		try {
			sink.success(task.call());
		}
		catch (LeaseConflict ex) {
			sink.error(ApiProblem.of(HttpStatus.CONFLICT, String.valueOf(ex.getMessage())));
		}
		catch (Exception | Error ex) {
			sink.error(ex);
		}
	}

	private void tick() {
		try {
			this.table.tick();
		}
		catch (RuntimeException | Error ex) {
			// Thrown on, it would end all further ticks: no lease would ever expire.
			logger.error("Leases could not be looked through; the next try follows", ex);
		}
	}

}
