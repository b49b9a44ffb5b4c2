package io.meshup.registry.store.ledger;

import java.util.Arrays;

/**
 * Follows the chain from row to row, from the last checkpoint on; what is kept from
 * before it is compared as a whole.
 */
final class ChainCheck {

	private final Checkpoint checkpoint;

	private LedgerHead sum;

	private byte[] kept = new byte[32];

	private long before;

	ChainCheck(LedgerHead head, Checkpoint checkpoint) {
		this.checkpoint = checkpoint;
		this.sum = new LedgerHead(head.registry(), checkpoint.through(), checkpoint.last(), head.reserved());
	}

	/**
	 * Takes the next row.
	 * @param row the row
	 * @return whether it can be what was written
	 */
	boolean accept(LedgerRow row) {
		boolean ascends = row.sequence() > this.before;
		this.before = row.sequence();
		if (row.sequence() <= this.checkpoint.through()) {
			this.kept = Checkpoint.fold(this.kept, row);
			return ascends;
		}
		this.sum = this.sum.after(row.entry());
		return row.sequence() == this.sum.count() && Arrays.equals(this.sum.last(), row.hash());
	}

	boolean endsAt(LedgerHead head) {
		return this.sum.count() == head.count() && Arrays.equals(this.sum.last(), head.last())
				&& Arrays.equals(this.kept, this.checkpoint.kept());
	}

	long count() {
		return this.sum.count();
	}

}
