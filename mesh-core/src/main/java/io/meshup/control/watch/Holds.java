package io.meshup.control.watch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots that could not be used, at most one per service: for those what is in force
 * is older, and nothing from the first of them on counts as applied. Not thread-safe.
 */
final class Holds {

	private static final Logger logger = LoggerFactory.getLogger(Holds.class);

	private final Map<String, Hold> holds = new TreeMap<>();

	/**
	 * Adds one; an earlier one of the same service keeps its revision.
	 * @param service the service, as far as it could be read
	 * @param revision the revision that is not in force
	 * @param snapshot what to try again, or {@code null} when it could not be read
	 * @param cause what was wrong
	 */
	void add(String service, long revision, @Nullable ServiceSnapshot snapshot, String cause) {
		Hold earlier = this.holds.get(service);
		Hold hold = new Hold(service, (earlier != null) ? Math.min(earlier.revision(), revision) : revision, snapshot,
				cause);
		this.holds.put(service, hold);
		if (earlier == null) {
			logger.warn("{}", hold.reason());
		}
		else {
			logger.debug("{}", hold.reason());
		}
	}

	void remove(String service) {
		this.holds.remove(service);
	}

	void clear() {
		this.holds.clear();
	}

	/**
	 * The highest revision up to which nothing is held.
	 * @param last the last revision that came
	 * @return {@code last} or less
	 */
	long appliedOf(long last) {
		return this.holds.values().stream().mapToLong((hold) -> hold.revision() - 1).reduce(last, Math::min);
	}

	List<ServiceSnapshot> snapshots() {
		return this.holds.values().stream().map(Hold::snapshot).filter(Objects::nonNull).toList();
	}

	@Nullable String reason() {
		return this.holds.values().stream().map(Hold::reason).findFirst().orElse(null);
	}

	private record Hold(String service, long revision, @Nullable ServiceSnapshot snapshot, String cause) {

		String reason() {
			return "The snapshot of service '" + this.service + "' at revision " + this.revision
					+ " could not be used, the one before stays in force (" + this.cause + ").";
		}

	}

}
