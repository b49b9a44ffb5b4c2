package io.meshup.traffic.door;

import java.util.List;
import java.util.function.Supplier;

import io.meshup.limit.AdaptiveLimit;
import io.meshup.route.split.StickyKey;
import io.meshup.traffic.event.Listeners;
import io.meshup.traffic.request.LanedTraces;
import io.meshup.traffic.table.EdgeLedger;
import io.meshup.traffic.table.NanoClock;
import io.meshup.traffic.table.ServiceTable;
import org.jspecify.annotations.Nullable;

/**
 * What the doors of one service have in common: its rate limits, and where they count and
 * tell. Thread-safe.
 */
public final class Doors {

	private final String service;

	private final ServiceTable table;

	private final Listeners listeners;

	private final LanedTraces lanedTraces;

	private final NanoClock clock;

	private final RateLimits rateLimits;

	/**
	 * Makes the common part; doors are opened by {@link #open}.
	 * @param service this process's own service
	 * @param table whose rules hold
	 * @param listeners hear of what is refused
	 * @param lanedTraces where traces of lanes are noted
	 * @param clock the clock
	 */
	public Doors(String service, ServiceTable table, Listeners listeners, LanedTraces lanedTraces, NanoClock clock) {
		this.service = service;
		this.table = table;
		this.listeners = listeners;
		this.lanedTraces = lanedTraces;
		this.clock = clock;
		this.rateLimits = new RateLimits(table, service, clock);
	}

	/**
	 * Opens a door.
	 * @param version this process's version
	 * @param address host and port as callers know this process; empty while unknown
	 * @param limit of the requests in work, or {@code null} for none
	 * @return a new gate
	 */
	public InboundGate open(String version, Supplier<String> address, @Nullable AdaptiveLimit limit) {
		List<DoorCheck> checks = List.of(new Misdirection(this.service, address), new HopLimit(this.service),
				this.rateLimits);
		return new InboundGate(this, version, checks, limit);
	}

	/**
	 * The rate limits of the service.
	 * @return what beats ask shares of mesh-wide limits for
	 */
	public RateLimits rateLimits() {
		return this.rateLimits;
	}

	String source() {
		return this.service;
	}

	long now() {
		return this.clock.nanoTime();
	}

	Listeners listeners() {
		return this.listeners;
	}

	LanedTraces lanedTraces() {
		return this.lanedTraces;
	}

	EdgeLedger edges() {
		return this.table.edges();
	}

	List<StickyKey> stickyKeys() {
		return this.table.stickyKeys();
	}

}
