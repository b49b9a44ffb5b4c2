package io.meshup.spring.registry;

import java.util.List;
import java.util.function.Consumer;

import io.meshup.control.link.RegistryListener;
import io.meshup.control.link.RegistryProblem;
import io.meshup.control.link.RegistryState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several listeners as one: what one of them throws does not keep it from the others.
 */
final class RegistryListeners implements RegistryListener {

	private static final Logger logger = LoggerFactory.getLogger(RegistryListeners.class);

	private final List<RegistryListener> listeners;

	RegistryListeners(List<RegistryListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void onConnected(RegistryState state) {
		tell((listener) -> listener.onConnected(state));
	}

	@Override
	public void onDisconnected(RegistryState state) {
		tell((listener) -> listener.onDisconnected(state));
	}

	@Override
	public void onJoined(RegistryState state) {
		tell((listener) -> listener.onJoined(state));
	}

	@Override
	public void onProblem(RegistryProblem problem) {
		tell((listener) -> listener.onProblem(problem));
	}

	@Override
	public void onRecovered(RegistryState state) {
		tell((listener) -> listener.onRecovered(state));
	}

	private void tell(Consumer<RegistryListener> news) {
		for (RegistryListener listener : this.listeners) {
			try {
				news.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("A listener of the registry's connection failed: {}", listener, ex);
			}
		}
	}

}
