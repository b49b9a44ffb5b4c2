package io.meshup.registry.lease;

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

	final List<SharedLease> entries = new ArrayList<>();

	final Map<String, SharedLease> last = new LinkedHashMap<>();

	final Map<String, Long> heard = new LinkedHashMap<>();

	void append(SharedLease row) {
		this.entries.add(row);
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
