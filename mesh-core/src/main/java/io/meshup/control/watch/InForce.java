package io.meshup.control.watch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.meshup.control.event.PartialMerge;
import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots that the consumer has taken, one per service. What it does not take is
 * held. Not thread-safe.
 */
final class InForce {

	private static final Logger logger = LoggerFactory.getLogger(InForce.class);

	private final Consumer<ServiceSnapshot> consumer;

	private final Holds holds;

	private final Runnable onChange;

	private final Map<String, ServiceSnapshot> known = new TreeMap<>();

	private final Reached reached = new Reached();

	InForce(Consumer<ServiceSnapshot> consumer, Holds holds, Runnable onChange) {
		this.consumer = consumer;
		this.holds = holds;
		this.onChange = onChange;
	}

	@Nullable ServiceSnapshot of(String service) {
		return this.known.get(service);
	}

	Set<String> services() {
		return this.known.keySet();
	}

	List<ServiceSnapshot> all() {
		return List.copyOf(this.known.values());
	}

	/**
	 * Hands on what was known before. What is not taken is left, not held: nothing of it
	 * counts as applied.
	 * @param snapshot perhaps an old one
	 */
	void lay(ServiceSnapshot snapshot) {
		if (give(snapshot)) {
			this.reached.add(snapshot, 0);
		}
	}

	/**
	 * The same, for a snapshot perhaps of another registry: whatever comes next is newer.
	 * @param snapshot perhaps an old one
	 */
	void lend(ServiceSnapshot snapshot) {
		boolean unused = give(snapshot);
	}

	/**
	 * Hands on what came, unless what is in force is newer.
	 * @param snapshot what came
	 * @param asOf the number of its content
	 */
	void take(ServiceSnapshot snapshot, long asOf) {
		if (!this.reached.isAbove(snapshot, asOf) && handOn(snapshot)) {
			this.reached.add(snapshot, asOf);
			remember(snapshot);
		}
	}

	void tryHeldAgain() {
		for (ServiceSnapshot snapshot : this.holds.snapshots()) {
			if (handOn(snapshot)) {
				remember(snapshot);
			}
		}
	}

	void forget(String service) {
		this.reached.remove(service);
		this.known.remove(service);
	}

	/**
	 * Another registry follows, whose numbers are others.
	 */
	void restart() {
		this.reached.clear();
	}

	private boolean give(ServiceSnapshot snapshot) {
		try {
			this.consumer.accept(snapshot);
			this.known.put(snapshot.service(), snapshot);
			return true;
		}
		catch (RuntimeException ex) {
			logger.warn("What was known of service '{}' from before could not be used ({})", snapshot.service(),
					ex.toString());
			return false;
		}
	}

	private boolean handOn(ServiceSnapshot snapshot) {
		try {
			this.consumer.accept(snapshot);
			this.holds.remove(snapshot.service());
			return true;
		}
		catch (RuntimeException ex) {
			this.holds.add(snapshot.service(), snapshot.revision(), snapshot, ex.toString());
			return false;
		}
	}

	private void remember(ServiceSnapshot next) {
		ServiceSnapshot old = this.known.get(next.service());
		ServiceSnapshot merged = PartialMerge.of(old, next);
		if (!merged.partial() && merged.instances().isEmpty() && merged.rules().isEmpty()) {
			this.known.remove(merged.service());
		}
		else {
			this.known.put(merged.service(), merged);
		}
		if (!merged.equals(old)) {
			this.onChange.run();
		}
	}

}
