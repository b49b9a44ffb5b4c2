package io.meshup.control.beat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Grant}.
 */
class GrantTests {

	@Test
	void readsTheGrantInTheFormsThatRegistriesWrite() {
		assertThat(grant("{\"beat\":\"1s\",\"lease\":\"3.5s\",\"revision\":42}"))
			.isEqualTo(new Grant(millis(1000), 42, null, Map.of(), false));
		assertThat(grant("{\"beat\":\"1s500ms\"}")).isEqualTo(new Grant(millis(1500), 0, null, Map.of(), false));
		assertThat(grant("{\"beat\":\"1.25s\"}")).isEqualTo(new Grant(millis(1250), 0, null, Map.of(), false));
		assertThat(grant("{\"beat\":\"1s\",\"shares\":{\"m/0\":0.25,\"bad\":7,\"worse\":\"x\"}}"))
			.isEqualTo(new Grant(millis(1000), 0, null, Map.of("m/0", 0.25), false));
	}

	@Test
	void keepsThePresentIntervalWhenTheGrantCannotBeRead() {
		for (String answer : List.of("", "ok", "{}", "{\"beat\":\"soon\"}", "{\"beat\":null}", "[]", "{\"beat\":7}")) {
			assertThat(grant(answer).beat()).as(answer).isEqualTo(millis(777));
		}
	}

	@Test
	void letsNoGrantTurnBeatsIntoAFloodOrAStandstill() {
		assertThat(grant("{\"beat\":\"0s\"}").beat()).isEqualTo(millis(50));
		assertThat(grant("{\"beat\":\"99h\"}").beat()).isEqualTo(millis(30_000));
	}

	private static Grant grant(String answer) {
		return Grant.read(answer.getBytes(StandardCharsets.UTF_8), millis(777));
	}

	private static Duration millis(long millis) {
		return Duration.ofMillis(millis);
	}

}
