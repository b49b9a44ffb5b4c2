package io.meshup.registry.lease.table;

import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.lease.shared.LeaseRow;
import io.meshup.registry.lease.shared.SharedRows;
import org.jspecify.annotations.Nullable;

/**
 * Which process holds an id, here or at another node: one that is alive keeps it. Used on
 * the table's thread to decide, by any thread to look.
 */
final class Owners {

	private final OwnLeases own;

	private final SharedRows rows;

	Owners(OwnLeases own, SharedRows rows) {
		this.own = own;
		this.rows = rows;
	}

	/**
	 * Lets only the owner of an id pass, or anybody while no living process owns it.
	 * @param key the instance
	 * @param incarnation who asks
	 * @throws LeaseConflict when another process that is alive holds the id
	 */
	void require(LeaseKey key, String incarnation) {
		String owner = living(key);
		if (owner != null && !owner.equals(incarnation)) {
			throw new LeaseConflict(key);
		}
	}

	/**
	 * Lets only a line of the owner pass, or any while no living process owns the id.
	 * @param line the line
	 * @throws LeaseConflict when another process that is alive holds the id
	 */
	void require(Line line) {
		String owner = living(line.key());
		if (owner != null && !line.isOf(owner)) {
			throw new LeaseConflict(line.key());
		}
	}

	/**
	 * The process that holds an id, alive or not.
	 * @param key the instance
	 * @return {@code null} when it is unknown
	 */
	@Nullable String incarnation(LeaseKey key) {
		Lease lease = this.own.find(key);
		if (lease != null) {
			return lease.incarnation();
		}
		LeaseRow row = this.rows.findForeign(key);
		return (row != null) ? row.content().incarnation() : null;
	}

	private @Nullable String living(LeaseKey key) {
		Lease lease = this.own.find(key);
		if (lease != null) {
			return lease.isSuspect() ? null : lease.incarnation();
		}
		LeaseRow row = this.rows.findForeign(key);
		return (row != null && !row.isSuspect()) ? row.content().incarnation() : null;
	}

}
