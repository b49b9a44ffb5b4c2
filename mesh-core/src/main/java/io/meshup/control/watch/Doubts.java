package io.meshup.control.watch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.meshup.control.link.Timing;
import io.meshup.model.ServiceSnapshot;
import tools.jackson.databind.JsonNode;

/**
 * What is known from before and was not named again yet: it counts as gone once the
 * registry surely knows everybody. Not thread-safe.
 */
final class Doubts {

	private final Timing timing;

	private final Set<String> unconfirmed = new HashSet<>();

	private final Set<String> partial = new HashSet<>();

	private long since;

	Doubts(Timing timing) {
		this.timing = timing;
	}

	/**
	 * A line brings everything again, or the registry knows not everybody.
	 * @param known what was known until now
	 */
	void begin(Set<String> known) {
		this.unconfirmed.addAll(known);
		this.since = this.timing.now();
	}

	/**
	 * Another source: what was partial before says nothing.
	 * @param known what was known until now
	 */
	void restart(Set<String> known) {
		this.partial.clear();
		begin(known);
	}

	void confirm(ServiceSnapshot snapshot, Set<String> known) {
		if (snapshot.partial() && this.partial.isEmpty()) {
			begin(known);
		}
		this.unconfirmed.remove(snapshot.service());
		if (snapshot.partial()) {
			this.partial.add(snapshot.service());
		}
		else {
			this.partial.remove(snapshot.service());
		}
	}

	void forget(String service) {
		this.unconfirmed.remove(service);
		this.partial.remove(service);
	}

	/**
	 * What was not named though all is named by now.
	 * @param partialNow whether the registry is still gathering, missing in old ones
	 * @return services, none while the registry may not know everybody
	 */
	List<String> gone(JsonNode partialNow) {
		boolean sure = partialNow.isBoolean() ? !partialNow.asBoolean()
				: this.timing.since(this.since).compareTo(SnapshotFeed.GRACE) >= 0;
		return (sure && this.partial.isEmpty()) ? List.copyOf(this.unconfirmed) : List.of();
	}

}
