package io.meshup.traffic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.route.StickyHashes;
import io.meshup.route.StickyKey;

/**
 * The keys that any route in force is sticky by: what the door looks for in requests. One
 * writer; read by any thread.
 */
final class StickyNames {

	private final Map<String, Map<String, StickyKey>> byService = new HashMap<>();

	private volatile List<StickyKey> all = List.of();

	List<StickyKey> all() {
		return this.all;
	}

	void put(String service, Map<String, StickyKey> keys) {
		Map<String, StickyKey> before = keys.isEmpty() ? this.byService.remove(service)
				: this.byService.put(service, keys);
		if (!keys.keySet().equals((before != null) ? before.keySet() : Map.of().keySet())) {
			Map<String, StickyKey> every = new TreeMap<>();
			this.byService.values().forEach(every::putAll);
			this.all = every.values().stream().limit(StickyHashes.MAX).toList();
		}
	}

}
