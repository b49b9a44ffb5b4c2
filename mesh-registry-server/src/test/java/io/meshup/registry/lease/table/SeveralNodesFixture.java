package io.meshup.registry.lease.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.ManualClock;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;

/**
 * Two nodes over one log, on one clock, and what their watchers see.
 */
abstract class SeveralNodesFixture {

	final ManualClock clock = new ManualClock();

	final MemoryLog log = new MemoryLog();

	final List<MemoryNode> nodes = new ArrayList<>();

	final List<String> flaps = new ArrayList<>();

	final List<String> watched = new ArrayList<>();

	final MemoryNode a = join("a");

	final MemoryNode b = join("b");

	SeveralNodesFixture() {
		run(4);
	}

	MemoryNode join(String name) {
		MemoryNode node = new MemoryNode(name, this.log, this.clock);
		this.nodes.add(node);
		return node;
	}

	void run(double seconds) {
		for (int i = 0; i < Math.round(seconds * 10); i++) {
			this.clock.advance(Duration.ofMillis(100));
			this.nodes.forEach(MemoryNode::tick);
			settle();
		}
	}

	void settle() {
		for (int i = 0; i < 4; i++) {
			this.nodes.forEach((node) -> node.write(Integer.MAX_VALUE));
			this.nodes.forEach((node) -> {
				node.read(Integer.MAX_VALUE);
				look(node);
			});
		}
	}

	void watch(String... ids) {
		this.watched.addAll(List.of(ids));
	}

	void look(MemoryNode node) {
		for (String id : this.watched) {
			String status = node.table.find("s", id).map((one) -> one.instance().status().name()).orElse("gone");
			if (!status.equals("UP") && !node.isPaused) {
				this.flaps.add(node.self() + " shows " + id + " as " + status);
			}
		}
	}

	List<String> owners(String id) {
		return this.nodes.stream().filter((node) -> node.table.holds(key(id))).map(MemoryNode::self).toList();
	}

	static String incarnation(MemoryNode node, String id) {
		return String.valueOf(node.table.incarnation(key(id)));
	}

	static void beat(MemoryNode node, String id, String incarnation) {
		node.table.beat(key(id), beat(incarnation, InstanceStatus.UP));
	}

	static Beat beat(String incarnation, InstanceStatus status) {
		return new Beat(incarnation, "127.0.0.1", 8080, "http", "v1", "default", null, 100, status, Map.of(), 0,
				List.of(), List.of(), List.of(), List.of());
	}

	static Line line(String id, String incarnation) {
		return new Line(key(id), incarnation, Set.of("b"));
	}

	static LeaseKey key(String id) {
		return new LeaseKey("s", id);
	}

}
