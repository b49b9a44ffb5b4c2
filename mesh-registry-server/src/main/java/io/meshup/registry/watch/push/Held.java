package io.meshup.registry.watch.push;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.registry.watch.image.Change;

/**
 * Changes that brought nothing but more instances, held back in a storm of them: the
 * revisions are published, watchers have not been told yet. Not thread-safe.
 */
final class Held {

	private final Map<String, Change> byService = new HashMap<>();

	boolean isEmpty() {
		return this.byService.isEmpty();
	}

	void add(Change change) {
		this.byService.merge(change.service(), change, Change::and);
	}

	/**
	 * Takes what is held of a service, because more than that has changed.
	 * @param change the further change
	 * @return both
	 */
	Change with(Change change) {
		Change held = this.byService.remove(change.service());
		return (held != null) ? held.and(change) : change;
	}

	/**
	 * What is held of some services; it stays held for others.
	 * @param services the services
	 * @return each service once, without order
	 */
	List<Change> of(Set<String> services) {
		List<Change> found = new ArrayList<>();
		for (String service : services) {
			Change held = this.byService.get(service);
			if (held != null) {
				found.add(held);
			}
		}
		return found;
	}

	Collection<Change> all() {
		return this.byService.values();
	}

	/**
	 * Lets all go.
	 * @return each service once
	 */
	List<Change> release() {
		List<Change> all = List.copyOf(this.byService.values());
		this.byService.clear();
		return all;
	}

}
