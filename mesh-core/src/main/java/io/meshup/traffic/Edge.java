package io.meshup.traffic;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import io.meshup.model.BreakerState;
import io.meshup.model.EdgeTotals;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Running totals towards one version of one service. Thread-safe without locks.
 */
final class Edge {

	private static final long MAX_MICROS = 60_000_000;

	private final EdgeLedger.Key key;

	private final LongAdder requests = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final AtomicHistogram latency = new AtomicHistogram(MAX_MICROS, 2);

	private volatile @Nullable EdgeTotals acknowledged;

	Edge(EdgeLedger.Key key) {
		this.key = key;
	}

	// Returns the totals, or {@code null} when they are as they were acknowledged.
	@Nullable EdgeTotals changed(Function<String, ServiceView> views) {
		if (this.key.source() != null) {
			return changed(BreakerState.CLOSED, List.of());
		}
		ServiceView view = views.apply(this.key.service());
		return changed(view.breakers().getOrDefault(this.key.version(), BreakerState.CLOSED),
				view.ejected(this.key.version()));
	}

	void countRetry() {
		this.retries.increment();
	}

	// Sent, but what came of it is not known: neither an error nor a latency.
	void countUnjudged() {
		this.requests.increment();
	}

	void count(boolean error, long micros) {
		if (error) {
			this.errors.increment();
		}
		this.latency.recordValue(Math.min(MAX_MICROS, Math.max(0, micros)));
		this.requests.increment();
	}

	void acknowledge(EdgeTotals sent) {
		this.acknowledged = sent;
	}

	private @Nullable EdgeTotals changed(BreakerState breaker, List<String> ejected) {
		long sent = this.requests.sum();
		EdgeTotals last = this.acknowledged;
		boolean same = (last != null) ? last.requests() == sent && last.errors() == this.errors.sum()
				&& last.retries() == this.retries.sum() && last.breaker() == breaker && last.ejected().equals(ejected)
				: sent == 0;
		return same ? null : new EdgeTotals(this.key.source(), this.key.service(), this.key.version(), sent,
				this.errors.sum(), this.retries.sum(), breaker, ejected, encodedLatency());
	}

	private String encodedLatency() {
		Histogram copy = this.latency.copy();
		ByteBuffer buffer = ByteBuffer.allocate(copy.getNeededByteBufferCapacity());
		int length = copy.encodeIntoCompressedByteBuffer(buffer);
		return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
	}

}
