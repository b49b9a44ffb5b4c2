package io.meshup.registry.lease.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.ManualClock;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaseTable}: random sequences of lines, beats, lost nodes, partitions,
 * late messages and logs that lose their end against what must hold whatever happens. In
 * the end every node lists exactly the processes that live, each is held by exactly one
 * node, and a process whose node nothing happened to was never anything but up.
 */
class NodesModelTests {

	private static final int SEQUENCES = Boolean.getBoolean("mesh.full") ? 10_000 : 1_000;

	private static final int STEPS = 60;

	@BeforeAll
	static void keepQuiet() {
		((Logger) LoggerFactory.getLogger(LeaseTable.class.getPackageName())).setLevel(Level.ERROR);
	}

	@AfterAll
	static void speakAgain() {
		((Logger) LoggerFactory.getLogger(LeaseTable.class.getPackageName())).setLevel(null);
	}

	@Test
	void listsWhoLivesOnEveryNodeWhateverHappened() {
		long seed = Long.getLong("mesh.test.seed", System.nanoTime());
		for (int i = 0; i < SEQUENCES; i++) {
			new Sequence(seed + i).run();
		}
	}

	// A claim that was lost with the end of the log left two nodes that held a lease.
	@Test
	void holdsForWhatOnceFailed() {
		new Sequence(52831961874109L).run();
	}

	/** One sequence, given by its seed. */
	private static final class Sequence {

		private final long seed;

		private final Random random;

		private final ManualClock clock = new ManualClock();

		private final MemoryLog log = new MemoryLog();

		private final List<MemoryNode> nodes = new ArrayList<>();

		private final Map<String, Client> clients = new TreeMap<>();

		private final Client steady;

		private final Client balanced;

		private int started;

		Sequence(long seed) {
			this.seed = seed;
			this.random = new Random(seed);
			int count = 2 + this.random.nextInt(2);
			for (int i = 0; i < count; i++) {
				start();
			}
			this.steady = new Client("steady", this.nodes.get(0));
			this.steady.isUndisturbed = true;
			this.balanced = new Client("balanced", this.nodes.get(0));
			this.balanced.isUndisturbed = true;
		}

		void run() {
			pass(2, 900);
			this.balanced.isBalanced = true;
			for (int i = 0; i < 5; i++) {
				this.clients.put("i" + i, new Client("i" + i, any()));
			}
			pass(5, 100);
			this.steady.isWatched = true;
			this.balanced.isWatched = true;
			for (int i = 0; i < STEPS; i++) {
				happen();
				pass(1 + this.random.nextInt(3), 100);
			}
			this.nodes.forEach((node) -> {
				node.isPaused = false;
				node.heal();
			});
			pass(150, 900);
			check();
		}

		private void happen() {
			Client client = this.clients.get("i" + this.random.nextInt(5));
			MemoryNode node = this.nodes.get(1 + this.random.nextInt(this.nodes.size() - 1));
			switch (this.random.nextInt(14)) {
				case 0, 1, 2 -> client.moveTo(any());
				case 3 -> client.die();
				case 4, 5 -> client.start(any());
				case 6 -> client.leave();
				case 7 -> client.beatAt(any());
				case 8 -> node.isPaused = !node.isPaused;
				case 9 -> toggleCut(node);
				case 10 -> replace(node);
				case 11 -> client.isBalanced = !client.isBalanced;
				case 12 -> forgetTheEnd();
				default -> client.breakLine();
			}
		}

		private void forgetTheEnd() {
			this.log.forget(Math.max(0, this.log.entries.size() - 1 - this.random.nextInt(6)));
			// A node that no longer knows of it takes it for new when it beats there.
			this.balanced.isWatched = false;
		}

		private void toggleCut(MemoryNode node) {
			if (node.isCut) {
				node.heal();
				if (this.random.nextBoolean()) {
					node.reload();
				}
			}
			else {
				node.isCut = true;
			}
		}

		private void replace(MemoryNode node) {
			this.nodes.remove(node);
			start();
			this.clients.values().forEach((client) -> client.lost(node));
		}

		private void start() {
			this.nodes.add(new MemoryNode("n" + this.started++, this.log, this.clock));
		}

		private MemoryNode any() {
			return this.nodes.get(this.random.nextInt(this.nodes.size()));
		}

		/** Time passes; messages take theirs, in the disturbed part each its own. */
		private void pass(int ticks, long millis) {
			for (int i = 0; i < ticks; i++) {
				this.clock.advance(Duration.ofMillis(millis));
				boolean isQuiet = millis > 100;
				this.steady.live(isQuiet);
				this.balanced.live(isQuiet);
				this.clients.values().forEach((client) -> client.live(isQuiet));
				for (MemoryNode node : this.nodes) {
					node.write(isQuiet ? Integer.MAX_VALUE : this.random.nextInt(4));
					node.read(isQuiet ? Integer.MAX_VALUE : this.random.nextInt(5));
					node.tick();
				}
				look();
			}
		}

		private void look() {
			look(this.steady);
			look(this.balanced);
		}

		private void look(Client client) {
			for (MemoryNode node : this.nodes) {
				LeaseKey key = client.key;
				if (client.isWatched && node.table.find(key.service(), key.id()).isPresent()) {
					assertThat(node.table.find(key.service(), key.id()).get().instance().status())
						.as("seed %d: %s, to which nothing happened, on %s", this.seed, key, node.self())
						.isEqualTo(InstanceStatus.UP);
				}
			}
		}

		private void check() {
			Map<String, String> living = new TreeMap<>();
			living.put("steady", "UP " + this.steady.incarnation);
			living.put("balanced", "UP " + this.balanced.incarnation);
			this.clients.forEach((id, client) -> {
				if (client.isAlive) {
					living.put(id, "UP " + client.incarnation);
				}
			});
			for (MemoryNode node : this.nodes) {
				Map<String, String> listed = new TreeMap<>();
				node.table.instances("s")
					.forEach((one) -> listed.put(one.instance().id(), one.instance().status() + " "
							+ node.table.incarnation(new LeaseKey("s", one.instance().id()))));
				assertThat(listed).as("seed %d: what %s lists", this.seed, node.self()).isEqualTo(living);
			}
			assertThat(this.nodes.get(0).table.holds(this.balanced.key))
				.as("seed %d: the lease stays where its line is", this.seed)
				.isTrue();
			for (String id : living.keySet()) {
				assertThat(this.nodes.stream().filter((node) -> node.table.holds(new LeaseKey("s", id))))
					.as("seed %d: who holds %s", this.seed, id)
					.hasSize(1);
			}
		}

		/** One process after the other under one id. */
		private final class Client {

			private final LeaseKey key;

			private MemoryNode node;

			private String incarnation = "p0";

			private @Nullable Line line;

			private boolean isAlive = true;

			private boolean isUndisturbed;

			private boolean isWatched;

			private boolean isBalanced;

			private long beatenAt = Sequence.this.clock.getAsLong() - 1_000_000_000L;

			private int processes;

			Client(String id, MemoryNode node) {
				this.key = new LeaseKey("s", id);
				this.node = node;
			}

			/** Beats each second and opens its line again, elsewhere when it must. */
			void live(boolean isQuiet) {
				if (!this.isAlive) {
					return;
				}
				if (!Sequence.this.nodes.contains(this.node) || this.node.isPaused) {
					moveTo(any());
				}
				if (this.line == null && (isQuiet || this.isUndisturbed || Sequence.this.random.nextInt(4) == 0)) {
					open();
				}
				long now = Sequence.this.clock.getAsLong();
				if (now - this.beatenAt >= 900_000_000L && (isQuiet || this.isUndisturbed || isQuick())) {
					this.beatenAt = now;
					beatAt(this.isBalanced ? reachable() : this.node);
				}
			}

			/** Wherever a proxy sends it that knows who is in order. */
			private MemoryNode reachable() {
				List<MemoryNode> fine = Sequence.this.nodes.stream()
					.filter((node) -> !node.isPaused && !node.isCut)
					.toList();
				return fine.get(Sequence.this.random.nextInt(fine.size()));
			}

			private boolean isQuick() {
				return Sequence.this.random.nextInt(8) > 0;
			}

			void moveTo(MemoryNode other) {
				if (!this.isAlive) {
					return;
				}
				breakLine();
				this.node = other;
			}

			void beatAt(MemoryNode other) {
				if (!this.isAlive || other.isPaused) {
					return;
				}
				try {
					Beat beat = new Beat(this.incarnation, "127.0.0.1", 8080, "http", "v1", "default", null, 100,
							InstanceStatus.UP, Map.of(), 0, List.of(), List.of(), List.of(), List.of());
					other.beat(this.key, beat, Sequence.this.nodes, Duration.ofMillis(100));
				}
				catch (LeaseConflict ex) {
					// It tries again a second later.
				}
			}

			private void open() {
				Line opened = new Line(this.key, this.incarnation, Set.of("*"));
				try {
					if (!this.node.isPaused) {
						this.node.table.open(opened);
						this.line = opened;
					}
				}
				catch (LeaseConflict ex) {
					// It tries again at the next tick.
				}
			}

			void breakLine() {
				Line open = this.line;
				this.line = null;
				if (open != null && Sequence.this.nodes.contains(this.node)) {
					this.node.table.close(open);
				}
			}

			void die() {
				breakLine();
				this.isAlive = false;
			}

			void start(MemoryNode other) {
				if (!this.isAlive) {
					this.isAlive = true;
					this.incarnation = "p" + ++this.processes;
					this.node = other;
				}
			}

			void leave() {
				MemoryNode other = this.node;
				if (this.isAlive && !other.isPaused && Sequence.this.nodes.contains(other)) {
					die();
					try {
						other.table.leave(this.key, this.incarnation);
					}
					catch (LeaseConflict ex) {
						// Another process has the id.
					}
				}
			}

			void lost(MemoryNode gone) {
				if (this.node == gone) {
					this.line = null;
				}
			}

		}

	}

}
