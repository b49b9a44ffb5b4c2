package io.meshup.registry.watch.push;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.meshup.model.Instance;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Push}: watchers that come from another node.
 */
class PushTests {

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
