package io.meshup.registry.store.commit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.meshup.registry.store.ServiceChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the registry's features of changes. A subscriber that fails harms no other one.
 */
public final class ChangeFeed {

	private static final Logger logger = LoggerFactory.getLogger(ChangeFeed.class);

	private final List<Consumer<ServiceChanged>> subscribers = new CopyOnWriteArrayList<>();

	/**
	 * Joins.
	 * @param subscriber called with every change from now on
	 */
	public void subscribe(Consumer<ServiceChanged> subscriber) {
		this.subscribers.add(subscriber);
	}

	/**
	 * Tells everybody, on the calling thread.
	 * @param change what changed
	 */
	public void publish(ServiceChanged change) {
		for (Consumer<ServiceChanged> subscriber : this.subscribers) {
			try {
				subscriber.accept(change);
			}
			catch (RuntimeException ex) {
				logger.error("A subscriber failed on a change and goes on with the next: {}", change, ex);
			}
		}
	}

}
