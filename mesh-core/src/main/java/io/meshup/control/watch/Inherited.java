package io.meshup.control.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.meshup.control.link.Timing;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known from a registry that another one has replaced, because its store was lost
 * for example. That the new one does not know a service proves nothing: its instances
 * stay, as suspects, until the new one names some or says that they left. Not
 * thread-safe.
 */
final class Inherited {

	/** After so long they are gone, whatever became of them. */
	static final Duration LIMIT = Duration.ofHours(24);

	private static final Logger logger = LoggerFactory.getLogger(Inherited.class);

	private final Timing timing;

	private final Map<String, Map<String, Instance>> left = new TreeMap<>();

	private final Set<String> held = new TreeSet<>();

	private long since;

	Inherited(Timing timing) {
		this.timing = timing;
	}

	/**
	 * Another registry follows.
	 * @param known what is in force of the one before
	 */
	void begin(Collection<ServiceSnapshot> known) {
		this.since = this.timing.now();
		for (ServiceSnapshot snapshot : known) {
			if (!snapshot.instances().isEmpty()) {
				Map<String, Instance> instances = new TreeMap<>();
				snapshot.instances().forEach((instance) -> instances.put(instance.id(), instance));
				this.left.put(snapshot.service(), instances);
			}
		}
	}

	/**
	 * What is to be in force when the new registry has said something of a service.
	 * @param next what it said
	 * @return the same, or with the instances from before where it would leave nothing
	 */
	ServiceSnapshot over(ServiceSnapshot next) {
		Map<String, Instance> before = this.left.get(next.service());
		if (before == null) {
			return next;
		}
		next.gone().forEach(before::remove);
		boolean isTold = !next.partial() && !next.instances().isEmpty();
		if (isTold || before.isEmpty() || isOver()) {
			forget(next.service());
			return next;
		}
		return next.partial() ? next : hold(next, before.values());
	}

	/**
	 * The services whose instances have stayed for long enough.
	 * @return their names, none until then
	 */
	Stream<String> overdue() {
		return isOver() ? List.copyOf(this.held).stream() : Stream.empty();
	}

	void forget(String service) {
		this.left.remove(service);
		this.held.remove(service);
	}

	/**
	 * The services that the new registry has not confirmed.
	 * @return their names
	 */
	Set<String> services() {
		return Set.copyOf(this.left.keySet());
	}

	@Nullable String reason() {
		return this.held.isEmpty() ? null
				: "The registry was replaced and knows no instance of " + this.held
						+ ": those known from the one before stay in use. If its store was lost, restore the backup; "
						+ "if these services ended, restart this application.";
	}

	private boolean isOver() {
		return this.timing.since(this.since).compareTo(LIMIT) >= 0;
	}

	private ServiceSnapshot hold(ServiceSnapshot next, Collection<Instance> before) {
		if (this.held.add(next.service())) {
			logger.warn(
					"The registry that replaced the one before knows no instance of '{}' (revision {}); {} known "
							+ "from before stay in use for up to {} h",
					next.service(), next.revision(), before.size(), LIMIT.toHours());
		}
		List<Instance> suspects = before.stream()
			.map((instance) -> instance.withStatus(InstanceStatus.SUSPECT))
			.toList();
		return new ServiceSnapshot(next.registry(), next.service(), next.revision(), false, List.of(), suspects,
				next.rules());
	}

}
