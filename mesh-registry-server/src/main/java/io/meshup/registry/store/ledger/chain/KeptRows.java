package io.meshup.registry.store.ledger.chain;

import java.security.MessageDigest;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The digest of the rows that are kept: one of each block of numbers and one over these.
 * So rows can be dropped without reading more than their blocks again. Not thread-safe.
 */
public final class KeptRows {

	/**
	 * How many numbers belong to one block.
	 */
	public static final int BLOCK = 256;

	private final NavigableMap<Long, byte[]> blocks;

	public KeptRows() {
		this(new TreeMap<>());
	}

	private KeptRows(NavigableMap<Long, byte[]> blocks) {
		this.blocks = blocks;
	}

	/**
	 * Which block a row belongs to.
	 * @param sequence the row's number
	 * @return the block, from 0
	 */
	public static long block(long sequence) {
		return (sequence - 1) / BLOCK;
	}

	public KeptRows copy() {
		return new KeptRows(new TreeMap<>(this.blocks));
	}

	/**
	 * Adds a row with a higher number than all others.
	 * @param row the row
	 */
	public void add(LedgerRow row) {
		this.blocks.merge(block(row.sequence()), Checkpoint.fold(new byte[32], row),
				(before, alone) -> Checkpoint.fold(before, row));
	}

	/**
	 * Forgets the rows of a block; those that are still kept are added again.
	 * @param block the block
	 * @param rows the rows, in order
	 */
	public void replace(long block, Iterable<LedgerRow> rows) {
		this.blocks.remove(block);
		rows.forEach(this::add);
	}

	/**
	 * What stands for all rows.
	 * @return 32 bytes, 0 without any row
	 */
	public byte[] digest() {
		byte[] digest = new byte[32];
		for (byte[] block : this.blocks.values()) {
			MessageDigest next = LedgerEntry.sha256();
			next.update(digest);
			next.update(block);
			digest = next.digest();
		}
		return digest;
	}

}
