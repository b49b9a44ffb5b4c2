package io.meshup.registry.lease.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.registry.store.SharedLease;

/**
 * What the nodes of a test share: one log, the last row of each instance, and when each
 * node was heard of last.
 */
final class MemoryLog {

	static final long NODE_LEASE_NANOS = 3_000_000_000L;

	int losses;

	final List<SharedLease> entries = new ArrayList<>();

	final Map<String, SharedLease> last = new LinkedHashMap<>();

	final Map<String, Long> heard = new LinkedHashMap<>();

	void append(SharedLease row) {
		this.entries.add(row);
		count(row);
	}

	/**
	 * Forgets what came last, as a store does that is restarted from an old file.
	 * @param kept how many entries it still has
	 */
	void forget(int kept) {
		this.losses++;
		this.last.clear();
		this.entries.subList(0, kept).forEach(this::count);
	}

	private void count(SharedLease row) {
		SharedLease present = this.last.get(row.key());
		if (!row.follows((present != null) ? present.holder() : null)) {
			return;
		}
		if (row.gone()) {
			this.last.remove(row.key());
		}
		else {
			this.last.put(row.key(), row);
		}
	}

}
