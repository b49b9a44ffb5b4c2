package io.meshup.traffic.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.zip.DataFormatException;

import io.meshup.model.BreakerState;
import io.meshup.model.beat.EdgeTotals;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Running totals towards one version of one service. Thread-safe without locks.
 */
public final class Edge {

	private static final long MAX_MICROS = 60_000_000;

	private final EdgeLedger.Key key;

	private final LongAdder requests = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final LongAdder lanesLost = new LongAdder();

	private volatile @Nullable AtomicHistogram latency;

	// The latency while nobody can be called: 20 KB become some 100 bytes.
	private byte[] packed = new byte[0];

	private int quiet;

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
		EdgeTotals news = changed(view.breaker(this.key.version()), view.ejected(this.key.version()));
		rest(news == null && view.pool(this.key.version()) == null);
		return news;
	}

	long footprint() {
		AtomicHistogram open = this.latency;
		synchronized (this) {
			return this.packed.length + ((open != null) ? open.getEstimatedFootprintInBytes() : 0);
		}
	}

	public void countRetry() {
		this.retries.increment();
	}

	public void countLaneLost() {
		this.lanesLost.increment();
	}

	// Sent, but what came of it is not known: neither an error nor a latency.
	public void countUnjudged() {
		this.requests.increment();
	}

	// Requests before errors: a report never has more errors than requests.
	public void count(boolean error, long micros) {
		histogram().recordValue(Math.min(MAX_MICROS, Math.max(0, micros)));
		this.requests.increment();
		if (error) {
			this.errors.increment();
		}
	}

	void acknowledge(EdgeTotals sent) {
		this.acknowledged = sent;
	}

	private @Nullable EdgeTotals changed(BreakerState breaker, List<String> ejected) {
		long again = this.retries.sum();
		long failed = this.errors.sum();
		long sent = this.requests.sum();
		long lost = this.lanesLost.sum();
		EdgeTotals last = this.acknowledged;
		boolean same = (last != null)
				? last.requests() == sent && last.errors() == failed && last.retries() == again
						&& last.laneLost() == lost && last.breaker() == breaker && last.ejected().equals(ejected)
				: sent == 0;
		return same ? null : new EdgeTotals(this.key.source(), this.key.service(), this.key.version(), sent, failed,
				again, breaker, ejected, Base64.getEncoder().encodeToString(encoded()), lost);
	}

	// Versions come and go with each deployment; their totals must stay, for the registry
	// takes smaller ones for old ones.
	private synchronized void rest(boolean unused) {
		this.quiet = unused ? this.quiet + 1 : 0;
		if (this.quiet == EdgeLedger.BEATS_UNTIL_PACKED) {
			this.packed = encoded();
			this.latency = null;
		}
	}

	private AtomicHistogram histogram() {
		AtomicHistogram open = this.latency;
		return (open != null) ? open : unpacked();
	}

	private synchronized AtomicHistogram unpacked() {
		AtomicHistogram open = this.latency;
		if (open == null) {
			open = decoded(this.packed);
			this.packed = new byte[0];
			this.latency = open;
		}
		return open;
	}

	private synchronized byte[] encoded() {
		AtomicHistogram open = this.latency;
		if (open == null) {
			return this.packed;
		}
		Histogram copy = open.copy();
		ByteBuffer buffer = ByteBuffer.allocate(copy.getNeededByteBufferCapacity());
		int length = copy.encodeIntoCompressedByteBuffer(buffer);
		return Arrays.copyOf(buffer.array(), length);
	}

	private static AtomicHistogram decoded(byte[] bytes) {
		AtomicHistogram histogram = new AtomicHistogram(MAX_MICROS, 2);
		try {
			if (bytes.length > 0) {
				histogram.add(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), MAX_MICROS));
			}
		}
		catch (DataFormatException ex) {
			throw new IllegalStateException("What was packed here can be unpacked", ex);
		}
		return histogram;
	}

}
