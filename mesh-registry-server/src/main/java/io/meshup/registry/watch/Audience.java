package io.meshup.registry.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who watches what, so that a change is brought to those only who want it. Not
 * thread-safe.
 */
final class Audience {

	private final Set<WatchStream> all = new HashSet<>();

	private final Map<String, Set<WatchStream>> byService = new HashMap<>();

	void add(WatchStream stream) {
		if (stream.request().isAll()) {
			this.all.add(stream);
			return;
		}
		stream.request()
			.services()
			.forEach((service) -> this.byService.computeIfAbsent(service, (name) -> new HashSet<>()).add(stream));
	}

	void remove(WatchStream stream) {
		this.all.remove(stream);
		for (String service : stream.request().services()) {
			this.byService.computeIfPresent(service, (name, streams) -> {
				streams.remove(stream);
				return streams.isEmpty() ? null : streams;
			});
		}
	}

	Set<String> services() {
		return this.byService.keySet();
	}

	/**
	 * Tells everyone of the changes that they want, each stream once.
	 * @param changes each service once
	 * @return how many events that makes
	 */
	int offer(Collection<Change> changes) {
		List<Change> list = List.copyOf(changes);
		this.all.forEach((stream) -> stream.offer(list));
		int events = this.all.size() * list.size();
		if (list.size() == 1) {
			Set<WatchStream> streams = interested(list.get(0));
			streams.forEach((stream) -> stream.offer(list));
			return events + streams.size();
		}
		Map<WatchStream, List<Change>> wanted = new IdentityHashMap<>();
		for (Change change : list) {
			interested(change)
				.forEach((stream) -> wanted.computeIfAbsent(stream, (key) -> new ArrayList<>()).add(change));
		}
		for (Map.Entry<WatchStream, List<Change>> entry : wanted.entrySet()) {
			entry.getKey().offer(entry.getValue());
			events += entry.getValue().size();
		}
		return events;
	}

	private Set<WatchStream> interested(Change change) {
		return this.byService.getOrDefault(change.service(), Set.of());
	}

}
