package io.meshup.registry.store.commit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.meshup.registry.store.SharedLease;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Touches}.
 */
class TouchesTests {

	private final Touches touches = new Touches();

	@Test
	void keepsTheLastRowOfEachInstanceHoweverLongItWaits() {
		for (int i = 0; i < 1_000; i++) {
			this.touches.add(List.of(row("i1", "word " + i), row("i2", "word " + i)));
			this.touches.putBack(this.touches.take());
		}

		assertThat(this.touches.take()).isEqualTo(Map.of("s", List.of(row("i1", "word 999"), row("i2", "word 999"))));
	}

	@Test
	void putsWhatIsPutBackBeforeWhatCameSince() {
		this.touches.add("first");
		this.touches.add(List.of(row("i1", "old"), row("i2", "old")));
		Map<String, List<SharedLease>> taken = this.touches.take();
		this.touches.add(List.of(row("i1", "new")));
		this.touches.add("last");

		this.touches.putBack(taken);

		assertThat(this.touches.take()).containsExactly(Map.entry("first", List.of()),
				Map.entry("s", List.of(row("i2", "old"), row("i1", "new"))), Map.entry("last", List.of()));
		assertThat(this.touches.take()).isEmpty();
	}

	private static SharedLease row(String id, String content) {
		return new SharedLease("s", id, "n", "n p alive", "-", false, content.getBytes(StandardCharsets.UTF_8));
	}

}
