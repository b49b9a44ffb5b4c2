package io.meshup.registry.watch;

import java.time.Duration;

import io.meshup.registry.lease.Leases;
import io.meshup.registry.watch.push.WatchHub;

import org.springframework.context.SmartLifecycle;

/**
 * Ends the streams first of all on shutdown, so that the web server has nothing to wait
 * for. Where there are other nodes, the instances are given the time to come to them.
 */
final class StreamLifecycle implements SmartLifecycle {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final WatchHub hub;

	private volatile boolean isRunning;

	private final Leases leases;

	StreamLifecycle(WatchHub hub, Leases leases) {
		this.hub = hub;
		this.leases = leases;
	}

	@Override
	public void start() {
		this.isRunning = true;
	}

	@Override
	public void stop() {
		this.isRunning = false;
		this.leases.handOver();
		this.hub.close();
		this.leases.awaitHandedOver(PATIENCE);
	}

	@Override
	public boolean isRunning() {
		return this.isRunning;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
