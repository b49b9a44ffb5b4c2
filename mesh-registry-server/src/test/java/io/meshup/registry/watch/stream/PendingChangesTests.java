package io.meshup.registry.watch.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.meshup.registry.watch.image.Change;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PendingChanges}.
 */
class PendingChangesTests {

	private final PendingChanges pending = new PendingChanges();

	@Test
	void sendsTheLatestRevisionOnceWhenNothingElseChanged() {
		add("a", 7);
		add("a", 15);

		assertThat(drain()).containsExactly("a@15");
		assertThat(this.pending.isEmpty()).isTrue();
	}

	@Test
	void neverLetsAHigherNumberOvertakeAChange() {
		add("b", 7);
		add("a", 9);
		add("b", 15);

		assertThat(drain()).containsExactly("b@7", "a@9", "b@15");
	}

	@Test
	void reachesASharedRevisionOnlyWithTheLastThatHasIt() {
		add("b", 7);
		add("a", 7);
		add("c", 7);
		add("a", 9);

		assertThat(drain()).containsExactly("a@6", "b@6", "c@7", "a@9");
	}

	@Test
	void keepsTheOrderAndTheMeaningOfRevisionsInRandomSequences() {
		Random random = new Random(42);
		Map<String, Long> firstUnsent = new HashMap<>();
		long revision = 0;
		long lastSent = 0;
		for (int i = 0; i < 10_000; i++) {
			if (random.nextInt(3) > 0) {
				String service = "s" + random.nextInt(5);
				add(service, ++revision);
				firstUnsent.putIfAbsent(service, revision);
			}
			else {
				Change sent = this.pending.poll();
				if (sent != null) {
					firstUnsent.remove(sent.service());
					long at = sent.latest();
					assertThat(at).isGreaterThan(lastSent);
					assertThat(firstUnsent.values()).allMatch((unsent) -> unsent > at);
					lastSent = at;
				}
			}
		}
		drain();
		assertThat(this.pending.isEmpty()).isTrue();
	}

	private void add(String service, long revision) {
		this.pending.add(new Change(service, revision, revision));
	}

	private List<String> drain() {
		List<String> sent = new ArrayList<>();
		for (Change next = this.pending.poll(); next != null; next = this.pending.poll()) {
			sent.add(next.service() + "@" + next.latest());
		}
		return sent;
	}

}
