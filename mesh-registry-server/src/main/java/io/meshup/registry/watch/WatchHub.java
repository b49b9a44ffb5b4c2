package io.meshup.registry.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.meshup.model.ServiceName;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.ServiceChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every change to every watcher that wants it. One thread encodes each changed
 * service once and offers it to the streams; changes that come in the meantime are taken
 * together. Thread-safe; nothing here blocks the caller.
 */
final class WatchHub implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WatchHub.class);

	private static final long TICK_MILLIS = 100;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread created = new Thread(task, "mesh-watch");
		created.setDaemon(true);
		return created;
	});

	private final Queue<Arrival> arrived = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean isTaking = new AtomicBoolean();

	private final Set<WatchStream> streams = ConcurrentHashMap.newKeySet();

	private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();

	private final Map<String, Long> revisions = new HashMap<>();

	private final SnapshotSource source;

	private final MeshStore store;

	private final WatchMeters meters;

	private long revision;

	private boolean wasPartial = true;

	private volatile boolean isClosed;

	WatchHub(SnapshotSource source, MeshStore store, WatchMeters meters) {
		this.source = source;
		this.store = store;
		this.meters = meters;
		this.revision = store.firstRevision();
		meters.watch(this.streams, store::revision);
		store.subscribe(this::arrive);
		Future<?> unused = this.thread.scheduleAtFixedRate(guarded(this::tick), TICK_MILLIS, TICK_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	boolean isClosed() {
		return this.isClosed;
	}

	/**
	 * Opens a stream; its first events are all that the watcher has not got yet.
	 * @param request what it wants
	 * @param disconnect ends its connection
	 * @return the stream
	 */
	WatchStream join(WatchRequest request, Runnable disconnect) {
		WatchStream stream = new WatchStream(request, this::frame, System::nanoTime, disconnect);
		if (this.isClosed) {
			stream.end();
			return stream;
		}
		this.thread.execute(guarded(() -> {
			take();
			this.streams.add(stream);
			stream.offer(missed(request));
		}));
		return stream;
	}

	void leave(WatchStream stream) {
		stream.end();
		if (!this.isClosed) {
			this.thread.execute(() -> this.streams.remove(stream));
		}
	}

	/**
	 * Ends all streams and refuses new ones.
	 */
	@Override
	public void close() {
		this.isClosed = true;
		this.thread.shutdown();
		this.streams.forEach(WatchStream::end);
	}

	private void arrive(ServiceChanged change) {
		this.arrived.add(new Arrival(change, System.nanoTime()));
		if (this.isTaking.compareAndSet(false, true) && !this.isClosed) {
			this.thread.execute(guarded(this::take));
		}
	}

	private void take() {
		this.isTaking.set(false);
		Map<String, Change> changes = new LinkedHashMap<>();
		long oldest = 0;
		for (Arrival next = this.arrived.poll(); next != null; next = this.arrived.poll()) {
			long at = next.change.revision();
			oldest = changes.isEmpty() ? next.nanos : oldest;
			this.revision = at;
			this.revisions.put(next.change.service(), at);
			changes.merge(next.change.service(), new Change(next.change.service(), at, at), Change::and);
		}
		if (changes.isEmpty()) {
			return;
		}
		changes.keySet().forEach((service) -> this.bodies.put(service, this.source.body(service)));
		List<Change> offered = List.copyOf(changes.values());
		this.streams.forEach((stream) -> stream.offer(offered));
		this.meters.pushed(System.nanoTime() - oldest);
	}

	private List<Change> missed(WatchRequest request) {
		SortedSet<String> services = new TreeSet<>(request.services());
		if (request.isAll()) {
			services.add(ServiceName.MESH_WIDE);
			services.addAll(this.source.services());
			services.addAll(this.revisions.keySet());
		}
		long after = (request.after() <= this.revision) ? request.after() : -1;
		List<Change> missed = new ArrayList<>();
		for (String service : services) {
			long at = this.revisions.getOrDefault(service, this.store.firstRevision());
			if (at > after) {
				missed.add(new Change(service, at, at));
			}
		}
		return missed;
	}

	private Frame frame(Change change) {
		byte[] body = this.bodies.get(change.service());
		if (body == null) {
			body = this.source.body(change.service());
		}
		this.meters.sent();
		return Frame.service(this.source.registry(), change.service(), change.latest(), body);
	}

	private void tick() {
		boolean isPartial = this.source.isPartial();
		if (this.wasPartial && !isPartial) {
			this.wasPartial = false;
			touchAll();
		}
		Frame sync = Frame.sync(this.source.registry(), this.revision, this.wasPartial);
		for (WatchStream stream : this.streams) {
			if (stream.isStalled()) {
				logger.warn("A watcher has not read for 5 s and is cut off: {}", stream.request().watcher());
				stream.cut();
				this.streams.remove(stream);
			}
			else if (this.arrived.isEmpty()) {
				stream.offerSync(sync);
			}
		}
	}

	/**
	 * All that was sent as partial is sent again as whole.
	 */
	private void touchAll() {
		SortedSet<String> services = this.source.services();
		services.addAll(this.revisions.keySet());
		services.add(ServiceName.MESH_WIDE);
		this.streams.forEach((stream) -> services.addAll(stream.request().services()));
		services.forEach(this.store::touch);
	}

	private Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				// Thrown on, it would end all further ticks.
				logger.error("A push to the watchers failed; the next one follows", ex);
			}
		};
	}

	private record Arrival(ServiceChanged change, long nanos) {
	}

}
