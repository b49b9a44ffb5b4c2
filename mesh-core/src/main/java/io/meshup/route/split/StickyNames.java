package io.meshup.route.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The keys that any route in force is sticky by: what the door looks for in requests. One
 * writer; read by any thread.
 */
public final class StickyNames {

	private final Map<String, Set<String>> byService = new HashMap<>();

	// How many services are sticky by a key.
	private final Map<String, Integer> counts = new HashMap<>();

	private final Map<String, StickyKey> keys = new TreeMap<>();

	private volatile List<StickyKey> all = List.of();

	public List<StickyKey> all() {
		return this.all;
	}

	// Costs what the service's own keys cost, however many services there are.
	public void put(String service, Map<String, StickyKey> present) {
		Set<String> names = Set.copyOf(present.keySet());
		Set<String> before = names.isEmpty() ? this.byService.remove(service) : this.byService.put(service, names);
		int known = this.keys.size();
		present.forEach((name, key) -> {
			if (before == null || !before.contains(name)) {
				this.counts.merge(name, 1, Integer::sum);
				this.keys.putIfAbsent(name, key);
			}
		});
		boolean changed = this.keys.size() != known;
		for (String name : (before != null) ? before : Set.<String>of()) {
			if (!names.contains(name)
					&& this.counts.computeIfPresent(name, (same, count) -> (count > 1) ? count - 1 : null) == null) {
				this.keys.remove(name);
				changed = true;
			}
		}
		if (changed) {
			this.all = this.keys.values().stream().limit(StickyHashes.MAX).toList();
		}
	}

}
