package io.meshup.registry.lease.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.model.MeshJson;
import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.beat.BeatListener;
import io.meshup.registry.lease.beat.ShareSource;
import io.meshup.registry.lease.drain.Drains;
import io.meshup.registry.lease.drain.OtherConfirmations;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.table.LeaseTable;
import io.meshup.registry.store.Nodes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell each other beside the log: each beat, once a second, so that every node
 * can draw the whole map and divides the same demand; and ten times a second how far
 * drains have come, while there are any, and beats that are for the lease of another
 * node. Thread-safe; works on a thread of its own.
 */
public final class NodeNews implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(NodeNews.class);

	private static final String BEATS = "beats";

	private static final String DRAINS = "drains";

	private static final String LEAVING = "leaving";

	private static final long ROUND_MILLIS = 100;

	private static final int ROUNDS_OF_BEATS = 10;

	private static final int MAX_WAITING = 50_000;

	private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waitingCount = new AtomicInteger();

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread created = new Thread(task, "mesh-nodes");
		created.setDaemon(true);
		return created;
	});

	private final Nodes nodes;

	private final LeaseTable table;

	private final Drains drains;

	private final List<BeatListener> listeners;

	private final @Nullable ShareSource shares;

	private final Introductions introductions;

	private int round;

	private volatile boolean isUrgent;

	private boolean hadDrains;

	public NodeNews(Nodes nodes, LeaseTable table, Drains drains, List<BeatListener> listeners,
			@Nullable ShareSource shares) {
		this.nodes = nodes;
		this.table = table;
		this.drains = drains;
		this.listeners = listeners;
		this.shares = shares;
		this.introductions = new Introductions(nodes, Instant.now());
		nodes.listen(BEATS, (node, news) -> later(() -> heardBeats(news)));
		nodes.listen(DRAINS, (node, news) -> later(() -> heardDrains(node, news)));
		nodes.listen(LEAVING, (node, news) -> table.visits().leaves(node));
		Future<?> unused = this.thread.scheduleWithFixedDelay(() -> guarded(this::tell), ROUND_MILLIS, ROUND_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	/**
	 * A beat was accepted and answered here.
	 * @param key the instance
	 * @param beat what it said
	 * @param told which part of each limit it was told
	 */
	public void accepted(LeaseKey key, Beat beat, Map<String, Double> told) {
		if (this.nodes.others().isEmpty() || this.waitingCount.get() >= MAX_WAITING) {
			return;
		}
		boolean isVisit = this.table.visits().isLast(key, beat);
		this.waitingCount.incrementAndGet();
		this.waiting.add(new Waiting(key, beat, told, isVisit, System.nanoTime()));
		this.isUrgent |= isVisit;
	}

	/**
	 * What the nodes say of themselves.
	 * @return this node's and those of the others
	 */
	public Introductions introductions() {
		return this.introductions;
	}

	private void tell() {
		if (this.nodes.others().isEmpty() || !this.nodes.isConnected()) {
			return;
		}
		List<OtherConfirmations.Report> reports = this.drains.reports();
		if (!reports.isEmpty() || this.hadDrains) {
			this.nodes.tell(DRAINS, Packed.pack(MeshJson.write(reports)));
		}
		this.hadDrains = !reports.isEmpty();
		if (this.table.isFrozen()) {
			this.nodes.tell(LEAVING, new byte[0]);
		}
		if (this.round % ROUNDS_OF_BEATS == 0) {
			this.introductions.tell();
		}
		boolean isTime = ++this.round % ROUNDS_OF_BEATS == 0 || this.isUrgent;
		if (isTime && !this.nodes.isWaiting(BEATS)) {
			tellBeats();
		}
	}

	private void tellBeats() {
		this.isUrgent = false;
		List<Item> items = new ArrayList<>();
		for (Waiting beat = this.waiting.poll(); beat != null; beat = this.waiting.poll()) {
			this.waitingCount.decrementAndGet();
			items.add(item(beat));
		}
		this.table.heard().forget();
		this.table.visits().forget();
		if (!items.isEmpty()) {
			this.nodes.tell(BEATS, Packed.pack(MeshJson.write(items)));
		}
	}

	private Item item(Waiting one) {
		Duration age = one.isVisit ? Duration.ofNanos(System.nanoTime() - one.nanos) : null;
		return new Item(one.key.service(), one.key.id(), one.beat, this.table.openLines().watched(one.key), one.told,
				age);
	}

	private void heardBeats(byte[] news) {
		for (Item item : MeshJson.read(Packed.unpack(news), Item[].class)) {
			LeaseKey key = new LeaseKey(item.service, item.id);
			if (item.age != null) {
				this.table.visits().told(key, item.beat, item.age);
			}
			else {
				this.table.heard().put(key, item.beat, item.watches);
			}
			this.listeners.forEach((listener) -> listener.onBeat(key, item.beat));
			if (this.shares != null) {
				this.shares.told(key, item.beat, item.told);
			}
		}
	}

	private void heardDrains(String node, byte[] news) {
		this.drains.heard(node, Arrays.asList(MeshJson.read(Packed.unpack(news), OtherConfirmations.Report[].class)));
	}

	private void later(Runnable task) {
		if (!this.thread.isShutdown()) {
			this.thread.execute(() -> guarded(task));
		}
	}

	private static void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			// Thrown on, it would end all further rounds.
			logger.warn("News between the nodes of this registry could not be sent or read; the next ones follow", ex);
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

	/**
	 * One beat on its way to the other nodes.
	 *
	 * @param service the instance's service
	 * @param id its id
	 * @param beat what it said
	 * @param watches the services that its line is for, {@code null} without a line
	 * @param told which part of each limit it was told
	 * @param age how long ago it was heard, where the lease is another node's;
	 * {@code null} otherwise
	 */
	record Item(String service, String id, Beat beat, @Nullable Set<String> watches, Map<String, Double> told,
			@Nullable Duration age) {
	}

	private record Waiting(LeaseKey key, Beat beat, Map<String, Double> told, boolean isVisit, long nanos) {
	}

}
