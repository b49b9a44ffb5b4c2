package io.meshup.registry.lease.table;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.meshup.model.beat.Beat;
import io.meshup.registry.ManualClock;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.shared.Publication;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.SharedLease;

/**
 * One node of a test: a real table over a log in memory. It stands still, is cut off or
 * dies when the test says so; nothing of it happens but in {@link #read} and
 * {@link #write}.
 */
final class MemoryNode implements Nodes, Publication {

	private final String name;

	private final MemoryLog log;

	private final ManualClock clock;

	private final Deque<SharedLease> outbox = new ArrayDeque<>();

	private final Deque<News> inbox = new ArrayDeque<>();

	private final Set<String> others = new HashSet<>();

	private int position;

	private int losses;

	private long connectedSince;

	boolean isPaused;

	boolean isCut;

	final LeaseTable table;

	MemoryNode(String name, MemoryLog log, ManualClock clock) {
		this.name = name;
		this.log = log;
		this.clock = clock;
		this.position = log.entries.size();
		this.losses = log.losses;
		this.connectedSince = clock.getAsLong();
		look();
		this.table = new LeaseTable(clock, InstantSource.fixed(Instant.EPOCH), this, this);
		if (!this.others.isEmpty()) {
			this.table.knowsAll();
		}
		this.table.load(List.copyOf(log.last.values()), this.position);
		this.table.loaded();
	}

	/**
	 * Takes news from the log.
	 * @param most how many rows at most
	 */
	void read(int most) {
		if (this.isPaused || this.isCut) {
			return;
		}
		look();
		for (News news = this.inbox.poll(); news != null; news = this.inbox.poll()) {
			this.table.visits().told(news.key, news.beat, news.age);
		}
		if (this.losses != this.log.losses) {
			reload();
		}
		for (int i = 0; i < most && this.position < this.log.entries.size(); i++) {
			publish(this.log.entries.get(this.position++));
		}
	}

	/**
	 * Brings to the log what was shared.
	 * @param most how many rows at most
	 */
	void write(int most) {
		for (int i = 0; i < most && !this.isPaused && !this.isCut && !this.outbox.isEmpty(); i++) {
			this.log.append(this.outbox.removeFirst());
		}
	}

	/**
	 * An instance beats here, whose node may be another one.
	 * @param key the instance
	 * @param beat what it says
	 * @param all every node; those that are cut off miss what this one tells
	 * @param age how long it is on its way, from its next hearing on
	 */
	void beat(LeaseKey key, Beat beat, List<MemoryNode> all, Duration age) {
		this.table.beat(key, beat);
		if (this.table.visits().isLast(key, beat) && !this.isCut) {
			all.stream()
				.filter((node) -> node != this && !node.isCut)
				.forEach((node) -> node.inbox.add(new News(key, beat, age)));
		}
	}

	void tick() {
		if (!this.isPaused) {
			this.table.tick();
		}
	}

	void heal() {
		this.isCut = false;
		this.connectedSince = this.clock.getAsLong();
	}

	/**
	 * Loads everything anew, as after a gap in the log.
	 */
	void reload() {
		this.losses = this.log.losses;
		this.position = this.log.entries.size();
		this.table.load(leases(), this.position);
		this.table.loaded();
	}

	private void publish(SharedLease row) {
		this.table.published(this.table.publish(new ServiceChanged(row.service(), this.position, List.of(row))));
	}

	private void look() {
		long now = this.clock.getAsLong();
		this.log.heard.put(this.name, now);
		Set<String> live = new HashSet<>();
		this.log.heard.forEach((node, at) -> {
			if (now - at < MemoryLog.NODE_LEASE_NANOS && !node.equals(this.name)) {
				live.add(node);
			}
		});
		Set<String> ended = new HashSet<>(this.others);
		ended.removeAll(live);
		if (now - this.connectedSince >= MemoryLog.NODE_LEASE_NANOS) {
			this.others.clear();
			ended.forEach((node) -> this.table.nodeLost(node));
		}
		this.others.addAll(live);
	}

	@Override
	public void share(SharedLease row) {
		this.outbox.add(row);
	}

	@Override
	public void changed(String service) {
		// Nothing that another node is to know.
	}

	// What it lists of the service that the tests are about.
	String shown() {
		return String.join(" ",
				this.table.instances("s")
					.stream()
					.map((listed) -> listed.instance().id() + "=" + listed.instance().status())
					.toList());
	}

	@Override
	public long last(String service) {
		return 0;
	}

	@Override
	public String self() {
		return this.name;
	}

	@Override
	public Set<String> others() {
		return Set.copyOf(this.others);
	}

	@Override
	public boolean isConnected() {
		return !this.isCut;
	}

	@Override
	public void share(List<SharedLease> rows) {
		rows.forEach(this::share);
	}

	@Override
	public List<SharedLease> leases() {
		return List.copyOf(this.log.last.values());
	}

	@Override
	public void onReloaded(Runnable listener) {
		// The test loads by itself.
	}

	@Override
	public void tell(String topic, byte[] news) {
		// Not what is tested here.
	}

	@Override
	public void listen(String topic, BiConsumer<String, byte[]> listener) {
		// Not what is tested here.
	}

	@Override
	public void onNodeLost(Consumer<String> listener) {
		// The table is called directly.
	}

	private record News(LeaseKey key, Beat beat, Duration age) {
	}

}
