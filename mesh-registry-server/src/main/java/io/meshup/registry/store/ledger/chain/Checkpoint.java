package io.meshup.registry.store.ledger.chain;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets the chain be checked after rows were dropped: where it goes on, and what is kept
 * of the rows up to there. Itself a row of the chain, right behind.
 *
 * @param through the last row that it stands for
 * @param last the hash of that row
 * @param kept the digest of those rows up to there that are still kept
 * @param block how many numbers have a digest of their own, of which {@code kept} is
 * made; 0 where it is made of the rows one after the other
 */
public record Checkpoint(long through, byte[] last, byte[] kept, int block) {

	/**
	 * Nothing was dropped yet.
	 */
	public static final Checkpoint NONE = new Checkpoint(0, new byte[32], new byte[32], 0);

	/**
	 * One whose digest is made of the rows one after the other.
	 * @param through the last row that it stands for
	 * @param last the hash of that row
	 * @param kept the digest of those rows up to there that are still kept
	 */
	public Checkpoint(long through, byte[] last, byte[] kept) {
		this(through, last, kept, 0);
	}

	public static Checkpoint read(byte[] body) {
		JsonNode tree = MeshJson.readTree(body);
		return new Checkpoint(tree.path("through").asLong(), hash(tree, "last"), hash(tree, "kept"),
				tree.path("block").asInt(0));
	}

	private static byte[] hash(JsonNode tree, String name) {
		return HexFormat.of().parseHex(tree.path(name).asString(""));
	}

	/**
	 * The row that says so.
	 * @param revision the registry's revision
	 * @param at when
	 * @param dropped how many rows were dropped
	 * @return the row's content
	 */
	public LedgerEntry entry(long revision, String at, long dropped) {
		ObjectNode body = MeshJson.mapper()
			.createObjectNode()
			.put("through", this.through)
			.put("last", HexFormat.of().formatHex(this.last))
			.put("kept", HexFormat.of().formatHex(this.kept))
			.put("dropped", dropped);
		if (this.block > 0) {
			body.put("block", this.block);
		}
		return new LedgerEntry(revision, LedgerEntry.CHECKPOINT, "ledger", "registry", at, MeshJson.write(body));
	}

	/**
	 * Adds a row to the digest of what is kept: its content as if it came first, its
	 * number, and the hash that it has in the chain.
	 * @param digest the digest so far, of 32 bytes 0 at first
	 * @param row the row
	 * @return the next digest
	 */
	public static byte[] fold(byte[] digest, LedgerRow row) {
		MessageDigest next = LedgerEntry.sha256();
		next.update(digest);
		next.update(row.entry().hash(new byte[32], row.sequence()));
		next.update(ByteBuffer.wrap(row.hash()));
		return next.digest();
	}

}
