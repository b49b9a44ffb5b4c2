package io.meshup.traffic.event;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of an engine as one. What one of them throws stays here: the call goes on
 * and the others hear of it all the same.
 */
public final class Listeners implements TrafficListener {

	private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

	private final AtomicBoolean warned = new AtomicBoolean();

	private final List<TrafficListener> listeners;

	public Listeners(List<TrafficListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	public boolean isEmpty() {
		return this.listeners.isEmpty();
	}

	@Override
	public void onAttempt(AttemptResult result) {
		tell((listener) -> listener.onAttempt(result));
	}

	@Override
	public void onCall(CallResult result) {
		tell((listener) -> listener.onCall(result));
	}

	@Override
	public void onRefused(String reason) {
		tell((listener) -> listener.onRefused(reason));
	}

	@Override
	public void onChange(TrafficChange change) {
		tell((listener) -> listener.onChange(change));
	}

	private void tell(Consumer<TrafficListener> news) {
		for (TrafficListener listener : this.listeners) {
			try {
				news.accept(listener);
			}
			catch (RuntimeException | LinkageError | AssertionError ex) {
				report(listener, ex);
			}
		}
	}

	private void report(TrafficListener listener, Throwable ex) {
		if (this.warned.compareAndSet(false, true)) {
			logger.warn("A traffic listener failed; calls are not affected, further failures are logged at DEBUG: {}",
					listener.getClass().getName(), ex);
		}
		else {
			logger.debug("A traffic listener failed: {}", listener.getClass().getName(), ex);
		}
	}

}
