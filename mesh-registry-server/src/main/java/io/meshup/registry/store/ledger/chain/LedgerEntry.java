package io.meshup.registry.store.ledger.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * One row that is never changed again.
 *
 * @param revision the revision that it belongs to
 * @param type what it records
 * @param subject what it is about, for example {@code Route/inventory}
 * @param author who caused it
 * @param at when, in ISO-8601
 * @param body its content
 */
public record LedgerEntry(long revision, String type, String subject, String author, String at, byte[] body) {

	/**
	 * A revision of a rule; the body is its document.
	 */
	public static final String RULE = "rule";

	/**
	 * The end of a rule.
	 */
	public static final String RULE_DELETED = "rule-deleted";

	/**
	 * What is left of the rows that retention dropped.
	 */
	public static final String CHECKPOINT = "checkpoint";

	/**
	 * The hash of a row, which covers the row before.
	 * @param before the hash of the row before
	 * @param sequence the row's number, from 1
	 * @return the SHA-256 of everything
	 */
	public byte[] hash(byte[] before, long sequence) {
		MessageDigest digest = sha256();
		digest.update(before);
		digest.update(ByteBuffer.allocate(16).putLong(sequence).putLong(this.revision).array());
		for (String text : List.of(this.type, this.subject, this.author, this.at)) {
			update(digest, text.getBytes(StandardCharsets.UTF_8));
		}
		update(digest, this.body);
		return digest.digest();
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	private static void update(MessageDigest digest, byte[] bytes) {
		digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
		digest.update(bytes);
	}

}
