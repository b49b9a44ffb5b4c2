package io.meshup.registry.insight.edge;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Latencies} and {@link HistogramText}.
 */
class LatenciesTests {

	@Test
	void tellsPercentilesOfWhatAHistogramHolds() {
		Latencies latencies = HistogramText.read(encoded(2, 1, 100_000));

		assertThat(latencies.total()).isEqualTo(100_000);
		assertThat(latencies.percentileMillis(50)).isCloseTo(50, Percentage.withPercentage(2.5));
		assertThat(latencies.percentileMillis(90)).isCloseTo(90, Percentage.withPercentage(2.5));
		assertThat(latencies.percentileMillis(99)).isCloseTo(99, Percentage.withPercentage(2.5));
	}

	@Test
	void tellsWhatCameSinceAnEarlierState() {
		Latencies earlier = HistogramText.read(encoded(2, 1, 1_000));
		Latencies later = HistogramText.read(encoded(2, 1, 1_500));

		assertThat(later.since(earlier).total()).isEqualTo(500);
		assertThat(earlier.since(later).total()).isZero();
		assertThat(earlier.plus(later).total()).isEqualTo(2_500);
		assertThat(Latencies.sum(List.of(earlier, Latencies.NONE, later)).total()).isEqualTo(2_500);
		assertThat(Latencies.sum(List.of(earlier, later)).percentileMillis(90))
			.isEqualTo(earlier.plus(later).percentileMillis(90));
		assertThat(Latencies.sum(List.of()).total()).isZero();
		assertThat(later.since(earlier).percentileMillis(1)).isCloseTo(1, Percentage.withPercentage(2.5));
	}

	@Test
	void leavesOutWhatIsNoHistogramOrTooFine() {
		assertThat(HistogramText.read("").total()).isZero();
		assertThat(HistogramText.read("AAAA").total()).isZero();
		assertThat(HistogramText.read(Base64.getEncoder().encodeToString(new byte[100])).total()).isZero();
		assertThat(HistogramText.read(encoded(5, 1, 10)).total()).isZero();
	}

	static String encoded(int digits, long from, long to) {
		Histogram histogram = new Histogram(3_600_000_000L, digits);
		for (long micros = from; micros <= to; micros++) {
			histogram.recordValue(micros);
		}
		ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
		int length = histogram.encodeIntoCompressedByteBuffer(buffer);
		return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
	}

}
