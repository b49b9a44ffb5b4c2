package io.meshup.registry.store.commit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.registry.store.SharedLease;

/**
 * The services that wait for a revision because an instance changed, with what is said of
 * the instances. Thread-safe.
 */
public final class Touches {

	private Map<String, List<SharedLease>> waiting = new LinkedHashMap<>();

	/**
	 * Notes a service.
	 * @param service the service
	 * @return whether it did not wait already
	 */
	public synchronized boolean add(String service) {
		boolean isNew = !this.waiting.containsKey(service);
		this.waiting.computeIfAbsent(service, (name) -> new ArrayList<>());
		return isNew;
	}

	/**
	 * Notes what is said of instances.
	 * @param rows the rows
	 */
	public synchronized void add(List<SharedLease> rows) {
		for (SharedLease row : rows) {
			this.waiting.computeIfAbsent(row.service(), (name) -> new ArrayList<>()).add(row);
		}
	}

	/**
	 * Takes all that waits.
	 * @return each service with its rows in their order
	 */
	public synchronized Map<String, List<SharedLease>> take() {
		Map<String, List<SharedLease>> taken = this.waiting;
		this.waiting = new LinkedHashMap<>();
		return taken;
	}

	/**
	 * Puts back what could not be published; it comes before what was added since.
	 * @param taken what was taken
	 */
	public synchronized void putBack(Map<String, List<SharedLease>> taken) {
		Map<String, List<SharedLease>> since = take();
		taken.forEach((service, rows) -> this.waiting.put(service, new ArrayList<>(rows)));
		since.forEach(
				(service, rows) -> this.waiting.computeIfAbsent(service, (name) -> new ArrayList<>()).addAll(rows));
	}

}
