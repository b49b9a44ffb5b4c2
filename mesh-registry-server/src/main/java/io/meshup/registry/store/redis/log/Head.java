package io.meshup.registry.store.redis.log;

import java.util.HexFormat;

import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;

/**
 * How far the ledger goes: what a write expects and leaves behind.
 *
 * @param count the number of the last row
 * @param last its hash, in hexadecimal
 */
public record Head(long count, String last) {

	/**
	 * An empty ledger.
	 */
	public static final Head NONE = new Head(0, "0".repeat(64));

	public static Head parse(String text) {
		int colon = text.indexOf(':');
		return (colon < 0) ? NONE : new Head(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
	}

	public static Head of(LedgerRow row) {
		return new Head(row.sequence(), HexFormat.of().formatHex(row.hash()));
	}

	/**
	 * The row that comes next.
	 * @param entry its content
	 * @return the row with its number and hash
	 */
	public LedgerRow next(LedgerEntry entry) {
		byte[] previous = HexFormat.of().parseHex(this.last);
		return new LedgerRow(this.count + 1, entry, previous, entry.hash(previous, this.count + 1));
	}

	@Override
	public String toString() {
		return this.count + ":" + this.last;
	}

}
