package io.meshup.registry.watch.push;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.meshup.registry.watch.image.Change;
import io.meshup.registry.watch.stream.SharedBurst;
import io.meshup.registry.watch.stream.WatchStream;

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
	 * Tells everyone of the changes that they want, each stream once, and with them of
	 * what is held for it.
	 * @param changes each service once
	 * @param held what waits, of other services
	 * @param bursts puts together what those who watch everything are told
	 * @param revision all up to here is told to a stream that is told anything
	 * @return how many events that makes; events that are sent as one count as one
	 */
	int offer(Collection<Change> changes, Held held, Function<List<Change>, SharedBurst> bursts, long revision) {
		List<Change> list = List.copyOf(changes);
		if (held.isEmpty()) {
			return offerToAll(bursts.apply(list)) + offer(list);
		}
		List<Change> more = new ArrayList<>(held.all());
		more.addAll(list);
		int events = offerToAll(bursts.apply(more));
		this.all.forEach((stream) -> stream.knows(revision));
		Map<WatchStream, List<Change>> wanted = wanted(list);
		wanted.forEach((stream, own) -> own.addAll(held.of(stream.request().services())));
		events += offer(wanted);
		wanted.keySet().forEach((stream) -> stream.knows(revision));
		return events;
	}

	private int offer(List<Change> list) {
		if (list.size() == 1) {
			Set<WatchStream> streams = interested(list.get(0));
			streams.forEach((stream) -> stream.offer(list));
			return streams.size();
		}
		return offer(wanted(list));
	}

	private static int offer(Map<WatchStream, List<Change>> wanted) {
		int events = 0;
		for (Map.Entry<WatchStream, List<Change>> entry : wanted.entrySet()) {
			entry.getKey().offer(entry.getValue());
			events += entry.getValue().size();
		}
		return events;
	}

	private Map<WatchStream, List<Change>> wanted(List<Change> list) {
		Map<WatchStream, List<Change>> wanted = new IdentityHashMap<>();
		for (Change change : list) {
			interested(change)
				.forEach((stream) -> wanted.computeIfAbsent(stream, (key) -> new ArrayList<>()).add(change));
		}
		return wanted;
	}

	private int offerToAll(SharedBurst burst) {
		if (this.all.isEmpty()) {
			return 0;
		}
		this.all.forEach((stream) -> stream.offer(burst));
		int each = burst.changes().size();
		return burst.isShared() ? each + this.all.size() : each * this.all.size();
	}

	private Set<WatchStream> interested(Change change) {
		return this.byService.getOrDefault(change.service(), Set.of());
	}

}
