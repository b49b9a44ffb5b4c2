package io.meshup.cli.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.meshup.cli.terminal.Text;
import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

/**
 * Recomputes every hash of an exported audit log. What comes after the last checkpoint is
 * a chain without gaps; what was kept from before it is compared with the checkpoint's
 * digest.
 *
 * @param rows how many rows there are
 * @param last the number of the last one
 * @param hash the hash of the last one
 * @param flaw what is wrong, as a sentence; empty when the log is whole
 */
record HashChain(long rows, long last, String hash, String flaw) {

	private static final List<String> HASHED = List.of("type", "subject", "author", "at", "body");

	private static final String NOTHING = "0".repeat(64);

	/**
	 * Reads an export.
	 * @param text a JSON object a line, the oldest first
	 * @return what was found
	 */
	static HashChain of(String text) {
		List<JsonNode> rows = new ArrayList<>();
		for (String line : text.lines().filter((line) -> !line.isBlank()).toList()) {
			try {
				rows.add(MeshJson.readTree(line.getBytes(StandardCharsets.UTF_8)));
			}
			catch (IllegalArgumentException ex) {
				return broken(rows.size(), "Line " + (rows.size() + 1) + " is no row of an audit log.");
			}
		}
		if (rows.isEmpty()) {
			return broken(0, "There is no row.");
		}
		return new Walk(checkpoint(rows)).over(rows);
	}

	boolean isWhole() {
		return this.flaw.isEmpty();
	}

	private static HashChain broken(long rows, String flaw) {
		return new HashChain(rows, 0, "", flaw);
	}

	private static JsonNode checkpoint(List<JsonNode> rows) {
		JsonNode last = MeshJson.mapper().createObjectNode();
		for (JsonNode row : rows) {
			if (Text.of(row, "type").equals("checkpoint")) {
				last = MeshJson.readTree(row.path("body").asString("").getBytes(StandardCharsets.UTF_8));
			}
		}
		return last;
	}

	/**
	 * One way from the first row to the last.
	 */
	private static final class Walk {

		private final long through;

		private final String kept;

		private final long block;

		private String digest = NOTHING;

		private String ofBlock = NOTHING;

		private long blockNumber = -1;

		private long sequence;

		private String hash = "";

		Walk(JsonNode checkpoint) {
			this.through = checkpoint.path("through").asLong(0);
			this.kept = checkpoint.path("kept").asString(NOTHING);
			this.block = checkpoint.path("block").asLong(0);
		}

		HashChain over(List<JsonNode> rows) {
			boolean isFromTheStart = rows.get(0).path("sequence").asLong() <= this.through;
			for (int i = 0; i < rows.size(); i++) {
				String flaw = read(rows.get(i), i == 0);
				if (!flaw.isEmpty()) {
					return broken(i, flaw);
				}
			}
			endBlock();
			if (isFromTheStart && !this.digest.equals(this.kept)) {
				return broken(rows.size(), "A row up to number " + this.through + ", from before the last checkpoint, "
						+ "was changed, added or taken away.");
			}
			return new HashChain(rows.size(), this.sequence, this.hash, "");
		}

		private String read(JsonNode row, boolean isFirst) {
			try {
				return next(row, isFirst);
			}
			catch (IllegalArgumentException ex) {
				return "Row " + row.path("sequence").asLong(-1) + " was changed: its hashes are none.";
			}
		}

		private String next(JsonNode row, boolean isFirst) {
			long number = row.path("sequence").asLong(-1);
			String told = Text.of(row, "hash");
			String flaw = (number <= this.through) ? kept(row, number, told) : chained(row, number, isFirst);
			this.sequence = number;
			this.hash = told;
			return flaw;
		}

		private String kept(JsonNode row, long number, String told) {
			if (this.block == 0) {
				this.digest = digest(this.digest, content(row, NOTHING), told);
			}
			else {
				addToBlock(row, number, told);
			}
			return (number > this.sequence) ? "" : "Row " + number + " comes after row " + this.sequence + ".";
		}

		// So many numbers have a digest of their own, and the digest is made of these.
		private void addToBlock(JsonNode row, long number, String told) {
			long its = (number - 1) / this.block;
			if (its != this.blockNumber) {
				endBlock();
				this.blockNumber = its;
			}
			this.ofBlock = digest(this.ofBlock, content(row, NOTHING), told);
		}

		private void endBlock() {
			if (this.blockNumber >= 0) {
				this.digest = digest(this.digest, this.ofBlock);
			}
			this.blockNumber = -1;
			this.ofBlock = NOTHING;
		}

		private String chained(JsonNode row, long number, boolean isFirst) {
			String previous = Text.of(row, "previous");
			boolean isBeginning = number == 1 && !previous.equals(NOTHING);
			boolean isBehind = !isFirst && this.sequence > this.through
					&& (number != this.sequence + 1 || !previous.equals(this.hash));
			if (isBeginning || isBehind || previous.isEmpty()) {
				return "Row " + number + " does not follow the row before it (" + this.sequence
						+ "): one was changed, added or taken away.";
			}
			return content(row, previous).equals(Text.of(row, "hash")) ? ""
					: "Row " + number + " was changed: its hash is not that of its content.";
		}

		private static String content(JsonNode row, String previous) {
			MessageDigest digest = sha256();
			digest.update(HexFormat.of().parseHex(previous));
			digest.update(ByteBuffer.allocate(16)
				.putLong(row.path("sequence").asLong())
				.putLong(row.path("revision").asLong())
				.array());
			for (String field : HASHED) {
				byte[] bytes = row.path(field).asString("").getBytes(StandardCharsets.UTF_8);
				digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
				digest.update(bytes);
			}
			return HexFormat.of().formatHex(digest.digest());
		}

		private static String digest(String... parts) {
			MessageDigest digest = sha256();
			for (String part : parts) {
				digest.update(HexFormat.of().parseHex(part));
			}
			return HexFormat.of().formatHex(digest.digest());
		}

		private static MessageDigest sha256() {
			try {
				return MessageDigest.getInstance("SHA-256");
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException("SHA-256 is part of every Java platform", ex);
			}
		}

	}

}
