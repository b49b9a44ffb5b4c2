package io.meshup.registry.store.commit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.registry.store.SharedLease;

/**
 * The services that wait for a revision because an instance changed, with what is said of
 * the instances. Thread-safe.
 */
public final class Touches {

	private Map<String, Map<String, SharedLease>> waiting = new LinkedHashMap<>();

	/**
	 * Notes a service.
	 * @param service the service
	 * @return whether it did not wait already
	 */
	public synchronized boolean add(String service) {
		boolean isNew = !this.waiting.containsKey(service);
		rows(service);
		return isNew;
	}

	/**
	 * Notes what is said of instances. Of several rows of one instance the last stands
	 * for all, so that what waits through a long absence is bounded.
	 * @param rows the rows
	 */
	public synchronized void add(List<SharedLease> rows) {
		for (SharedLease row : rows) {
			Map<String, SharedLease> ofService = rows(row.service());
			ofService.remove(row.key());
			ofService.put(row.key(), row);
		}
	}

	/**
	 * Takes all that waits.
	 * @return each service with its rows in their order
	 */
	public synchronized Map<String, List<SharedLease>> take() {
		Map<String, List<SharedLease>> taken = new LinkedHashMap<>();
		this.waiting.forEach((service, rows) -> taken.put(service, List.copyOf(rows.values())));
		this.waiting = new LinkedHashMap<>();
		return taken;
	}

	/**
	 * Puts back what could not be published; it comes before what was added since.
	 * @param taken what was taken
	 */
	public synchronized void putBack(Map<String, List<SharedLease>> taken) {
		Map<String, List<SharedLease>> since = take();
		addAll(taken);
		addAll(since);
	}

	/**
	 * Notes services with what is said of their instances.
	 * @param more each service with its rows in their order
	 */
	public synchronized void addAll(Map<String, List<SharedLease>> more) {
		more.forEach((service, rows) -> {
			add(service);
			add(rows);
		});
	}

	private Map<String, SharedLease> rows(String service) {
		return this.waiting.computeIfAbsent(service, (name) -> new LinkedHashMap<>());
	}

}
