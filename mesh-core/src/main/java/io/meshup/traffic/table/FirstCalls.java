package io.meshup.traffic.table;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.meshup.model.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * How long calls wait for what the registry has not said yet: at the start, for the first
 * snapshots or names; later, for those of a service that is called for the first time.
 * All calls together wait once for each. Thread-safe.
 */
public final class FirstCalls {

	private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

	/** For a service by use, while the registry is there and so will tell it. */
	private static final long TRUST_NANOS = Duration.ofSeconds(10).toNanos();

	/** Each service comes as an event of its own, shortly after the first. */
	private static final long SETTLING_NANOS = Duration.ofMillis(200).toNanos();

	private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

	private final ServiceTable table;

	private final Interest interest;

	private final AtomicReference<@Nullable Long> startEnds = new AtomicReference<>();

	private final Map<String, Long> asked = new ConcurrentHashMap<>();

	private volatile long heardAt;

	private volatile boolean wasHeard;

	public FirstCalls(ServiceTable table, Interest interest) {
		this.table = table;
		this.interest = interest;
	}

	/**
	 * Whether a host may be a service.
	 * @param host a host without a dot
	 * @param now the present
	 * @return {@code false} when it surely is none
	 */
	public boolean mayBeService(String host, long now) {
		return this.table.knows(host) || this.interest.existed(host)
				|| (ServiceName.isValid(host) && !start(now).isZero());
	}

	/**
	 * How long a call should wait before it looks again.
	 * @param service what is called
	 * @param now the present
	 * @return zero when there is nothing to wait for in what the table has from then on
	 */
	public Duration patience(String service, long now) {
		boolean selective = this.interest.isSelective();
		if (!this.table.isTold(service)) {
			return untold(service, selective, now);
		}
		ServiceView view = this.table.view(service);
		for (String other : view.references()) {
			boolean comes = selective || this.interest.exists(other);
			Duration left = (!comes || this.table.isTold(other)) ? Duration.ZERO : ask(other, now);
			if (!left.isZero()) {
				return left;
			}
		}
		return (selective || view.isKnown()) ? Duration.ZERO : start(now);
	}

	// A name may be known also where all services come, when too many were asked for.
	private Duration untold(String service, boolean selective, long now) {
		if (this.interest.exists(service)) {
			return ask(service, now);
		}
		return (this.table.knows(service) || (selective && this.interest.hasNames())) ? Duration.ZERO : start(now);
	}

	/**
	 * Whether a service that nothing is known of is none, so that its name may be that of
	 * another host.
	 * @param service what is called
	 * @return {@code false} when it is, or was, the name of a service
	 */
	public boolean isForeign(String service) {
		return !this.interest.existed(service);
	}

	// As long as the registry is there it will say where the service is. Else what is
	// known from before must do, also what has grown old.
	private Duration ask(String service, long now) {
		Long since = this.asked.get(service);
		if (since == null) {
			this.interest.want(service);
			since = this.asked.computeIfAbsent(service, (name) -> now);
		}
		if (this.interest.isHeard()) {
			this.heardAt = now;
			this.wasHeard = true;
			return left(TRUST_NANOS - (now - since));
		}
		if (this.table.wasTold(service)) {
			return Duration.ZERO;
		}
		long waited = now - since;
		long away = this.wasHeard ? Math.min(waited, now - this.heardAt) : waited;
		return left(Math.min(PATIENCE_NANOS - away, TRUST_NANOS + PATIENCE_NANOS - waited));
	}

	/**
	 * The next call for a service waits again.
	 * @param service its name
	 */
	public void forget(String service) {
		this.asked.remove(service);
	}

	private Duration start(long now) {
		boolean heard = this.interest.isSelective() ? this.interest.hasNames()
				: this.table.isReady() && this.table.readyFor(now) >= SETTLING_NANOS;
		if (heard) {
			return Duration.ZERO;
		}
		this.startEnds.compareAndSet(null, now + PATIENCE_NANOS);
		Long ends = this.startEnds.get();
		return (ends != null) ? left(ends - now) : Duration.ZERO;
	}

	private static Duration left(long left) {
		return (left > 0) ? Duration.ofNanos(Math.min(left, POLL_NANOS)) : Duration.ZERO;
	}

}
