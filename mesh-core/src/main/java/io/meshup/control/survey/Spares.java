package io.meshup.control.survey;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.meshup.control.event.PartialMerge;
import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What was last heard of all services, be they watched or not. It may be a minute old: it
 * serves a first call only while the registry does not answer. Thread-safe.
 */
public final class Spares {

	private final Map<String, ServiceSnapshot> known = new TreeMap<>();

	private String registry = "";

	private long after = -1;

	/**
	 * Takes what was known before this process started.
	 * @param snapshots one per service
	 */
	public synchronized void load(Collection<ServiceSnapshot> snapshots) {
		snapshots.forEach((snapshot) -> this.known.put(snapshot.service(), snapshot));
	}

	/**
	 * All that is known, for the disk.
	 * @return one per service, in order
	 */
	public synchronized List<ServiceSnapshot> all() {
		return List.copyOf(this.known.values());
	}

	/**
	 * What was last heard of a service.
	 * @param service its name
	 * @return {@code null} where nothing was
	 */
	public synchronized @Nullable ServiceSnapshot of(String service) {
		return this.known.get(service);
	}

	/**
	 * Where the next look can go on.
	 * @return a revision, or -1 to look at everything
	 */
	synchronized long after() {
		return this.after;
	}

	/**
	 * Whose word the revision is.
	 * @return the registry's name, empty where nothing has come
	 */
	synchronized String registry() {
		return this.registry;
	}

	/**
	 * Takes one.
	 * @param snapshot what came
	 * @return {@code false} when it is another registry's, that must be asked for
	 * everything
	 */
	synchronized boolean take(ServiceSnapshot snapshot) {
		if (!snapshot.registry().equals(this.registry)) {
			boolean resumed = this.after >= 0;
			this.registry = snapshot.registry();
			this.after = -1;
			if (resumed) {
				return false;
			}
		}
		ServiceSnapshot merged = PartialMerge.of(this.known.get(snapshot.service()), snapshot);
		if (merged.instances().isEmpty() && merged.rules().isEmpty()) {
			this.known.remove(merged.service());
		}
		else {
			this.known.put(merged.service(), merged);
		}
		return true;
	}

	/**
	 * All has come that there is.
	 * @param revision up to here
	 * @param named the services that came, or {@code null} where the others stay as they
	 * are
	 */
	synchronized void synced(long revision, @Nullable Set<String> named) {
		this.after = revision;
		if (named != null) {
			this.known.keySet().retainAll(named);
		}
	}

	/**
	 * Nothing is kept any more.
	 */
	synchronized void drop() {
		this.known.clear();
		this.after = -1;
	}

}
