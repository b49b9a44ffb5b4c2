package io.meshup.registry.store.ledger.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * The one row that says how far the ledger goes.
 *
 * @param registry the registry's own name
 * @param count how many rows there are
 * @param last the hash of the last row
 * @param reserved revisions up to here may have been used
 */
public record LedgerHead(String registry, long count, byte[] last, long reserved) {

	public static LedgerHead create() {
		return new LedgerHead(UUID.randomUUID().toString(), 0, new byte[32], 0);
	}

	public LedgerHead after(LedgerEntry entry) {
		return after(next(entry));
	}

	public LedgerHead after(LedgerRow row) {
		return new LedgerHead(this.registry, row.sequence(), row.hash(), this.reserved);
	}

	/**
	 * What an entry becomes as the next row.
	 * @param entry the entry
	 * @return the row
	 */
	public LedgerRow next(LedgerEntry entry) {
		long sequence = this.count + 1;
		return new LedgerRow(sequence, entry, this.last, entry.hash(this.last, sequence));
	}

	public LedgerHead reserving(long upTo) {
		return new LedgerHead(this.registry, this.count, this.last, upTo);
	}

	public byte[] hash() {
		MessageDigest digest = LedgerEntry.sha256();
		digest.update(this.registry.getBytes(StandardCharsets.UTF_8));
		digest.update(ByteBuffer.allocate(16).putLong(this.count).putLong(this.reserved).array());
		digest.update(this.last);
		return digest.digest();
	}

}
