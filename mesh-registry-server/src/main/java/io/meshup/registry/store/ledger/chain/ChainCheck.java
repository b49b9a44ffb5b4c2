package io.meshup.registry.store.ledger.chain;

import java.util.Arrays;

/**
 * Follows the chain from row to row, from the last checkpoint on; what is kept from
 * before it is compared as a whole.
 */
public final class ChainCheck {

	private final Checkpoint checkpoint;

	private LedgerHead sum;

	private final KeptRows rows;

	private byte[] flat = new byte[32];

	private byte[] kept = new byte[32];

	private long before;

	/**
	 * Begins before the first row.
	 * @param head what the rows must add up to
	 * @param checkpoint where the chain begins
	 * @param rows is given every row
	 */
	public ChainCheck(LedgerHead head, Checkpoint checkpoint, KeptRows rows) {
		this.checkpoint = checkpoint;
		this.rows = rows;
		this.sum = new LedgerHead(head.registry(), checkpoint.through(), checkpoint.last(), head.reserved());
	}

	/**
	 * Takes the next row.
	 * @param row the row
	 * @return whether it can be what was written
	 */
	public boolean accept(LedgerRow row) {
		if (row.sequence() > this.checkpoint.through() && this.before <= this.checkpoint.through()) {
			this.kept = this.rows.digest();
		}
		boolean ascends = row.sequence() > this.before;
		this.before = row.sequence();
		this.rows.add(row);
		if (row.sequence() <= this.checkpoint.through()) {
			this.flat = (this.checkpoint.block() == 0) ? Checkpoint.fold(this.flat, row) : this.flat;
			return ascends;
		}
		this.sum = this.sum.after(row.entry());
		return row.sequence() == this.sum.count() && Arrays.equals(this.sum.last(), row.hash());
	}

	public boolean endsAt(LedgerHead head) {
		return this.sum.count() == head.count() && Arrays.equals(this.sum.last(), head.last())
				&& Arrays.equals((this.checkpoint.block() == 0) ? this.flat : this.kept, this.checkpoint.kept());
	}

	public long count() {
		return this.sum.count();
	}

}
