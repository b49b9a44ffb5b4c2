package io.meshup.registry.watch;

import org.springframework.context.SmartLifecycle;

/**
 * Ends the streams first of all on shutdown, so that the web server has nothing to wait
 * for.
 */
final class StreamLifecycle implements SmartLifecycle {

	private final WatchHub hub;

	private volatile boolean isRunning;

	StreamLifecycle(WatchHub hub) {
		this.hub = hub;
	}

	@Override
	public void start() {
		this.isRunning = true;
	}

	@Override
	public void stop() {
		this.isRunning = false;
		this.hub.close();
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
