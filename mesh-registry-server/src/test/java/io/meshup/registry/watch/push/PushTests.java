package io.meshup.registry.watch.push;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Push}: watchers that come from another node.
 */
class PushTests {

	private static final List<Instance> INSTANCES = List
		.of(new Instance("i", "10.0.0.1", 8080, "http", "v1", "default", null, 100, InstanceStatus.UP, Map.of()));

	private static final List<Instance> TWO = List.of(INSTANCES.get(0),
			new Instance("j", "10.0.0.2", 8080, "http", "v1", "default", null, 100, InstanceStatus.UP, Map.of()));

	private final ModelNode node = new ModelNode("reg", 10, false);

	@Test
	void bringsWhatChangedBeforeItHeardOfChanges() {
		this.node.changeUnheard("s", List.of(), 15);
		this.node.begin();

		ModelNode.Connection watcher = connect("s", 12);

		assertThat(read(watcher)).contains("\"service\":\"s\"").contains("\"revision\":15");
		assertThat(read(connect("s", 15))).doesNotContain("\"service\":\"s\"");
	}

	@Test
	void numbersOnAboveAWatcherOfANodeThatNumberedOnAlone() {
		this.node.change("s", List.<Instance>of());
		this.node.tick();
		ModelNode.Connection watcher = connect("s", 50);
		assertThat(read(watcher)).as("perhaps the log is only late").contains("\"revision\":11");

		this.node.pass(Duration.ofMillis(900));
		assertThat(this.node.revision()).isEqualTo(11);
		this.node.pass(Duration.ofMillis(200));

		assertThat(this.node.revision()).isEqualTo(51);
		assertThat(read(watcher)).contains("\"service\":\"s\"").contains("\"revision\":51");
	}

	@Test
	void leavesTheNumbersWhenWhatWasAheadHasComeOrCanNeverCome() {
		connect("s", 14);
		connect("s", 10_000_000_000L);

		for (int i = 0; i < 5; i++) {
			this.node.change("s", List.<Instance>of());
		}
		this.node.pass(Duration.ofMillis(500));
		this.node.pass(Duration.ofSeconds(1));

		assertThat(this.node.revision()).isEqualTo(15);
	}

	@Test
	void tellsANewInstanceWhatItsSiblingsWatch() {
		String like = "orders";
		ModelNode.Connection sibling = this.node
			.connect(Map.of("instance", "orders/a", "services", "catalog,stock", "names", "true", "like", like), "");
		assertThat(read(sibling)).doesNotContain("event: peers");
		ModelNode.Connection other = this.node
			.connect(Map.of("services", "orders,ghost", "names", "true", "like", like), "");

		assertThat(read(other))
			.contains("event: peers\ndata: {\"registry\":\"reg\",\"services\":[\"catalog\",\"stock\"]}");
		sibling.end();
		this.node.pass(Duration.ofMinutes(59));
		assertThat(read(reader(like))).contains("[\"catalog\",\"stock\"]");
		this.node.pass(Duration.ofMinutes(2));
		assertThat(read(reader(like))).doesNotContain("event: peers");
		assertThat(read(reader("payments"))).doesNotContain("event: peers");
	}

	@Test
	void tellsANewNameWithTheFirstPushAndOthersWithTheNextTick() {
		ModelNode.Connection watcher = this.node.connect(Map.of("services", "orders", "names", "true"), "");
		this.node.pass(Duration.ofSeconds(1));
		read(watcher);

		this.node.change("first", INSTANCES);
		this.node.take();
		assertThat(read(watcher)).contains("\"added\":[\"first\"]");
		this.node.change("second", INSTANCES);
		this.node.take();
		assertThat(read(watcher)).doesNotContain("second");
		this.node.tick();
		assertThat(read(watcher)).contains("\"added\":[\"second\"]");
	}

	@Test
	void holdsMoreInstancesBackInAStormButNothingElse() {
		this.node.change("s", INSTANCES);
		this.node.tick();
		ModelNode.Connection watcher = connect("s,t", 0);
		ModelNode.Connection all = this.node.connect(Map.of("services", "*"), "");
		read(watcher);
		read(all);

		this.node.change("s", TWO);
		this.node.hold(Duration.ofMillis(20));
		assertThat(read(watcher) + read(all)).isEmpty();
		this.node.hold(Duration.ofSeconds(2));
		assertThat(read(watcher) + read(all)).as("not all is sent, so nothing says so").isEmpty();
		this.node.take();

		assertThat(read(watcher)).contains("\"revision\":12").contains("\"id\":\"j\"");
		assertThat(read(all)).contains("\"revision\":12").contains("\"id\":\"j\"");
		this.node.change("s", INSTANCES);
		this.node.hold(Duration.ofMillis(20));
		assertThat(read(watcher)).contains("\"revision\":13").doesNotContain("\"id\":\"j\"");
		assertThat(read(all)).contains("\"revision\":13").doesNotContain("\"id\":\"j\"");
	}

	@Test
	void sendsWhatWasHeldBackBeforeWhatCannotWaitAndOnlyOnce() {
		this.node.change("s", INSTANCES);
		this.node.change("t", TWO);
		this.node.tick();
		ModelNode.Connection both = connect("s,t", 0);
		ModelNode.Connection one = connect("s", 0);
		read(both);
		read(one);

		this.node.change("s", TWO);
		this.node.change("t", INSTANCES);
		this.node.hold(Duration.ZERO);

		assertThat(read(both)).containsSubsequence("id: 13\n", "\"id\":\"j\"", "id: 14\n")
			.contains("\"service\":\"t\"");
		assertThat(read(one)).isEmpty();
		this.node.take();
		assertThat(read(both)).isEmpty();
		assertThat(read(one)).contains("\"revision\":13");
	}

	@Test
	void givesWhoComesInAStormWhatIsHeldBackForOthers() {
		this.node.change("s", INSTANCES);
		this.node.tick();
		this.node.change("s", TWO);
		this.node.hold(Duration.ZERO);

		ModelNode.Connection late = connect("s", 0);

		assertThat(read(late)).contains("\"revision\":12").contains("\"id\":\"j\"");
		this.node.take();
		assertThat(read(late)).isEmpty();
	}

	private ModelNode.Connection reader(String like) {
		return this.node.connect(Map.of("services", like, "names", "true", "like", like), "");
	}

	private ModelNode.Connection connect(String services, long after) {
		return this.node.connect(Map.of("services", services), Long.toString(after));
	}

	private static String read(ModelNode.Connection watcher) {
		StringBuilder all = new StringBuilder();
		for (byte[] next = watcher.next(); next != null; next = watcher.next()) {
			all.append(new String(next, StandardCharsets.UTF_8));
		}
		return all.toString();
	}

}
