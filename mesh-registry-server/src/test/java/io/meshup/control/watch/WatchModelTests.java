package io.meshup.control.watch;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.control.event.SseParser;
import io.meshup.control.link.Resume;
import io.meshup.control.link.Timing;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import io.meshup.registry.watch.push.ModelNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The registry's push and the client's feed together, against a model: random changes,
 * lines that break with events in flight, events that come twice or late, when another
 * line has taken over, registries that restart or are new, nodes that lag (T58 to T63).
 * What a watcher has in force never goes back, and is the model's in the end.
 */
class WatchModelTests {

	private static final int SEQUENCES = Boolean.getBoolean("mesh.full") ? 100_000 : 3_000;

	private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(0);

	private static final List<String> SERVICES = List.of("a", "b", "c");

	@Test
	void followsTheModel() {
		System.out.printf("WatchModelTests: seeds 0 to %d%n", SEQUENCES - 1);
		for (int seed = 0; seed < SEQUENCES; seed++) {
			try {
				new World(seed).run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("with seed " + seed, ex);
			}
		}
	}

	private static final class World {

		private final AtomicLong nanos = new AtomicLong();

		private final Random random;

		private final boolean isDisorderly;

		private final Map<String, Long> shown = new HashMap<>();

		private final Map<String, Map<String, Instance>> inForce = new HashMap<>();

		private final Map<String, Long> changedAt = new HashMap<>();

		private final WatchedServices watched;

		private final SnapshotFeed feed;

		private final Deque<byte[]> flying = new ArrayDeque<>();

		private final Deque<Runnable> behind = new ArrayDeque<>();

		private final List<byte[]> sent = new ArrayList<>();

		private final Deque<Runnable> late = new ArrayDeque<>();

		private ModelNode node = new ModelNode("reg-0", 10, false);

		private ModelNode lagging = new ModelNode("reg-0", 10, false);

		private ModelNode.Connection connection;

		private SseParser parser;

		private AtomicBoolean wanted = new AtomicBoolean(true);

		private int registries;

		private String registry = "reg-0";

		private boolean onLagging;

		World(int seed) {
			this.random = new Random(seed);
			this.isDisorderly = seed % 4 == 3;
			this.watched = new WatchedServices((seed % 2 == 0) ? List.of("*") : List.of("a"));
			Timing timing = new Timing(this.nanos::get, TIMER, this.random);
			this.feed = new SnapshotFeed(timing, this.watched, this::take, () -> {
			}, () -> {
			});
		}

		void run() {
			open();
			for (int step = 0; step < 40; step++) {
				step();
			}
			settle();
		}

		private void step() {
			switch (this.random.nextInt(16)) {
				case 0, 1, 2, 3 -> change();
				case 4 -> this.node.take();
				case 5 -> tick();
				case 6, 7, 8 -> deliver();
				case 9 -> reopen(false);
				case 10 -> {
					if (!this.behind.isEmpty()) {
						this.behind.poll().run();
					}
				}
				case 11 -> reopen(!this.isDisorderly && this.random.nextBoolean());
				case 12 -> restart();
				case 13, 14 -> this.node.hold(Duration.ofMillis((this.random.nextInt(4) == 0) ? 2_100 : 20));
				default -> {
					if (this.watched.want(SERVICES.get(this.random.nextInt(3)))) {
						reopen(this.onLagging);
					}
				}
			}
		}

		private void change() {
			String service = SERVICES.get(this.random.nextInt(3));
			Map<String, Instance> next = new TreeMap<>();
			this.node.instances().getOrDefault(service, List.of()).forEach((one) -> next.put(one.id(), one));
			int changes = 1 + this.random.nextInt(3);
			boolean isOnlyMore = this.random.nextInt(3) == 0;
			for (int i = 0; i < changes; i++) {
				String id = "i" + this.random.nextInt(8);
				if (isOnlyMore) {
					next.putIfAbsent(id, instance(id, this.node.revision() + 1));
				}
				else if (this.random.nextInt(3) == 0) {
					next.remove(id);
				}
				else {
					next.put(id, instance(id, this.node.revision() + 1));
				}
			}
			List<Instance> present = List.copyOf(next.values());
			this.node.change(service, present);
			long at = this.node.revision();
			this.changedAt.put(service, at);
			ModelNode follower = this.lagging;
			if (follower != this.node) {
				this.behind.add(() -> {
					follower.follow(service, present, at);
					follower.take();
				});
			}
		}

		private void tick() {
			this.node.tick();
			if (this.onLagging) {
				this.lagging.tick();
			}
		}

		/** It knows the instances that come back only; revisions go on above. */
		private void restart() {
			if (this.random.nextInt(3) > 0) {
				return;
			}
			Map<String, List<Instance>> before = this.node.instances();
			boolean isNew = this.random.nextInt(4) == 0;
			this.registry = isNew ? "reg-" + (++this.registries) : this.registry;
			this.node = new ModelNode(this.registry, isNew ? 5 : this.node.revision() + 1_000, true);
			this.lagging = this.node;
			this.behind.clear();
			this.changedAt.clear();
			before.forEach((service, instances) -> this.node.change(service, instances));
			reopen(false);
		}

		private void reopen(boolean toLagging) {
			if (this.isDisorderly) {
				SseParser old = this.parser;
				this.flying.forEach((event) -> this.late.add(() -> old.feed(ByteBuffer.wrap(event))));
			}
			this.flying.clear();
			this.sent.clear();
			this.connection.end();
			this.onLagging = toLagging;
			open();
		}

		private void open() {
			Resume resume = this.feed.prepare();
			Map<String, String> query = new HashMap<>();
			query.put("services", String.join(",", resume.services()));
			query.put("fresh", String.join(",", resume.fresh()));
			query.put("instance", "a/me");
			query.put("deltas", "true");
			query.put("names", "true");
			ModelNode to = this.onLagging ? this.lagging : this.node;
			this.connection = to.connect(query, (resume.after() >= 0) ? Long.toString(resume.after()) : "");
			this.feed.begin(resume);
			AtomicBoolean isWanted = new AtomicBoolean(true);
			this.wanted = isWanted;
			this.parser = new SseParser((event) -> isWanted.set(isWanted.get() && this.feed.take(resume, event)));
		}

		private void deliver() {
			for (int i = this.random.nextInt(3); i > 0 && !this.late.isEmpty(); i--) {
				this.late.poll().run();
			}
			for (int i = this.random.nextInt(4); i >= 0; i--) {
				byte[] next = this.connection.next();
				if (next != null) {
					fly(next);
				}
			}
			int landing = this.random.nextInt(this.flying.size() + 1);
			for (int i = 0; i < landing && this.wanted.get(); i++) {
				this.parser.feed(ByteBuffer.wrap(this.flying.poll()));
				check();
			}
			if (!this.wanted.get()) {
				reopen(this.onLagging);
			}
		}

		private void fly(byte[] event) {
			this.flying.add(event);
			if (this.isDisorderly && this.random.nextInt(4) == 0) {
				this.flying.add(event);
			}
			this.sent.add(event);
			if (this.isDisorderly && this.random.nextInt(4) == 0) {
				this.flying.add(this.sent.get(this.random.nextInt(this.sent.size())));
			}
		}

		/**
		 * Whoever says that N is in force has got everything up to N, of all that has
		 * come at all: of what it has just begun to watch it knows no instance to choose.
		 */
		private void check() {
			if (this.isDisorderly || !this.registry.equals(this.feed.state().registry())) {
				return;
			}
			long applied = this.feed.applied();
			this.changedAt.forEach((service, at) -> {
				if (this.shown.containsKey(service) && at <= applied) {
					assertThat(this.shown.getOrDefault(service, -1L)).as("%s at %d", service, applied)
						.isGreaterThanOrEqualTo(at);
				}
			});
		}

		private void settle() {
			while (!this.behind.isEmpty()) {
				this.behind.poll().run();
			}
			this.node.settle();
			for (int i = 0; i < 60; i++) {
				this.nanos.addAndGet(Duration.ofSeconds(3).toNanos());
				reopenNowAndThen(i);
				tick();
				this.flying.clear();
				for (byte[] next = this.connection.next(); next != null; next = this.connection.next()) {
					this.parser.feed(ByteBuffer.wrap(next));
				}
				if (!this.wanted.get()) {
					reopen(false);
				}
				else if (i > 4 && isModel()) {
					return;
				}
			}
			assertThat(visible()).isEqualTo(model());
		}

		private void reopenNowAndThen(int round) {
			if (round == 0) {
				reopen(false);
			}
		}

		private boolean isModel() {
			return visible().equals(model());
		}

		private Map<String, Map<String, Instance>> model() {
			Map<String, Map<String, Instance>> model = new HashMap<>();
			this.node.instances().forEach((service, instances) -> {
				if (this.watched.isWatched(service) && !instances.isEmpty()) {
					Map<String, Instance> byId = new HashMap<>();
					instances.forEach((one) -> byId.put(one.id(), one));
					model.put(service, byId);
				}
			});
			return model;
		}

		private Map<String, Map<String, Instance>> visible() {
			Map<String, Map<String, Instance>> visible = new HashMap<>(this.inForce);
			visible.values().removeIf(Map::isEmpty);
			if (this.registries > 0) {
				// What only a registry knew that another one has replaced.
				visible.values()
					.removeIf((instances) -> instances.values()
						.stream()
						.allMatch((one) -> one.status() == InstanceStatus.SUSPECT));
			}
			return visible;
		}

		private void take(ServiceSnapshot snapshot) {
			String service = snapshot.service();
			String key = snapshot.registry() + "/" + service;
			long before = this.shown.getOrDefault(key, -1L);
			assertThat(snapshot.revision()).as(service).isGreaterThanOrEqualTo(before);
			this.shown.put(key, snapshot.revision());
			Map<String, Instance> next = new HashMap<>();
			if (snapshot.partial()) {
				next.putAll(this.inForce.getOrDefault(service, Map.of()));
				snapshot.gone().forEach(next::remove);
			}
			snapshot.instances().forEach((one) -> next.put(one.id(), one));
			this.inForce.put(service, next);
			this.shown.put(service, Math.max(snapshot.revision(), newest(snapshot)));
		}

		private static long newest(ServiceSnapshot snapshot) {
			return snapshot.instances().stream().mapToLong((one) -> Long.parseLong(one.version())).max().orElse(-1);
		}

		private static Instance instance(String id, long revision) {
			return new Instance(id, "10.0.0.1", 8080, "http", Long.toString(revision), "default", null, 100,
					InstanceStatus.UP, Map.of());
		}

	}

}
