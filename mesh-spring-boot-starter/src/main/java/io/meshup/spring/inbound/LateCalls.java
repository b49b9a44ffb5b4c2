package io.meshup.spring.inbound;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.spring.drain.DrainListener;
import io.meshup.traffic.request.MeshHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether calls from within the mesh still come, or still keep threads busy. Who
 * calls from outside never confirms, and is not waited for. Thread-safe.
 */
final class LateCalls implements DrainListener {

	static final String SOURCE = MeshHeaders.SOURCE;

	private final AtomicLong arrived = new AtomicLong();

	private final AtomicInteger served = new AtomicInteger();

	private final AtomicLong seen = new AtomicLong();

	/**
	 * A request came that keeps no thread.
	 * @param source who calls, {@code null} from outside of the mesh
	 */
	void arrived(@Nullable String source) {
		if (source != null) {
			this.arrived.incrementAndGet();
		}
	}

	/**
	 * A request came and keeps its thread until {@link #end}.
	 * @param source who calls, {@code null} from outside of the mesh
	 */
	void begin(@Nullable String source) {
		if (source != null) {
			this.served.incrementAndGet();
			this.arrived.incrementAndGet();
		}
	}

	void end(@Nullable String source) {
		if (source != null) {
			this.served.decrementAndGet();
		}
	}

	@Override
	public boolean wasCalled() {
		long now = this.arrived.get();
		return this.seen.getAndSet(now) != now || this.served.get() > 0;
	}

}
