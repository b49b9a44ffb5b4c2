package io.meshup.traffic.request;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LanedTraces}.
 */
class LanedTracesTests {

	private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

	@Test
	void forgetsTracesOfLongAgo() {
		LanedTraces traces = new LanedTraces();
		traces.add(TRACE, 0);
		for (int i = 0; i < LanedTraces.MAX; i++) {
			traces.add("00-%032x-00f067aa0ba902b7-01".formatted(i), 1);
		}

		assertThat(traces.contains(TRACE, 1)).isFalse();
		assertThat(traces.contains("00-%032x-00f067aa0ba902b7-01".formatted(7), 2)).isTrue();
		assertThat(traces.contains("00-%032x-00f067aa0ba902b7-01".formatted(7), 120_000_000_000L)).isFalse();
	}

}
