package io.meshup.spring.instance;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Joins when the application is ready for the first time, follows its readiness, and
 * drains before the web server refuses new requests; {@link MeshDeparture} leaves. A
 * context that is stopped and started again, as for a checkpoint, joins again.
 */
final class MeshLifecycle implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	/**
	 * Stopped before the web server's graceful shutdown begins: a higher phase stops
	 * first.
	 */
	static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;

	private final MeshMembership membership;

	private final boolean joinsByItself;

	private volatile boolean running;

	private volatile boolean returns;

	MeshLifecycle(MeshMembership membership, boolean joinsByItself) {
		this.membership = membership;
		this.joinsByItself = joinsByItself;
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
			this.membership.refusing();
			return;
		}
		this.membership.accepting();
		if (this.joinsByItself && this.running) {
			this.membership.join();
		}
	}

	@Override
	public void start() {
		this.running = true;
		if (this.returns) {
			this.membership.join();
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.returns = this.membership.isJoined();
		this.membership.drain();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
