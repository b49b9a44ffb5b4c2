package io.meshup.spring.instance;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Takes the instance off the registry's list after the web server has finished the
 * requests in flight; until then it goes on beating.
 */
final class MeshDeparture implements SmartLifecycle {

	/**
	 * Stopped after the web server's graceful shutdown and before its end.
	 */
	static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 512;

	private final MeshMembership membership;

	private volatile boolean running;

	MeshDeparture(MeshMembership membership) {
		this.membership = membership;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.membership.depart();
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
