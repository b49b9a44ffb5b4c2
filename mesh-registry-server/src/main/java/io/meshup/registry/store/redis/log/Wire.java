package io.meshup.registry.store.redis.log;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How rows are written in Redis: JSON that a person can read.
 */
public final class Wire {

	private Wire() {
	}

	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	public static byte[] bytes(long number) {
		return bytes(Long.toString(number));
	}

	public static String text(Object reply) {
		return (reply instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(reply);
	}

	/**
	 * Reads names and values that follow each other.
	 * @param reply a list
	 * @return the values by their names
	 */
	public static Map<String, byte[]> fields(Object reply) {
		Map<String, byte[]> fields = new HashMap<>();
		List<?> flat = (List<?>) reply;
		for (int i = 0; i + 1 < flat.size(); i += 2) {
			fields.put(text(flat.get(i)), (byte[]) flat.get(i + 1));
		}
		return fields;
	}

	public static ObjectNode row(LedgerRow row) {
		LedgerEntry entry = row.entry();
		return MeshJson.mapper()
			.createObjectNode()
			.put("sequence", row.sequence())
			.put("revision", entry.revision())
			.put("type", entry.type())
			.put("subject", entry.subject())
			.put("author", entry.author())
			.put("at", entry.at())
			.put("body", new String(entry.body(), StandardCharsets.UTF_8))
			.put("previous", HexFormat.of().formatHex(row.previous()))
			.put("hash", HexFormat.of().formatHex(row.hash()));
	}

	public static LedgerRow row(JsonNode tree) {
		LedgerEntry entry = new LedgerEntry(tree.path("revision").asLong(0), tree.path("type").asString(""),
				tree.path("subject").asString(""), tree.path("author").asString(""), tree.path("at").asString(""),
				bytes(tree.path("body").asString("")));
		return new LedgerRow(tree.path("sequence").asLong(0), entry, hex(tree, "previous"), hex(tree, "hash"));
	}

	private static byte[] hex(JsonNode tree, String name) {
		return HexFormat.of().parseHex(tree.path(name).asString(""));
	}

	public static ObjectNode lease(SharedLease lease) {
		return MeshJson.mapper()
			.createObjectNode()
			.put("service", lease.service())
			.put("id", lease.id())
			.put("node", lease.node())
			.put("holder", lease.holder())
			.put("over", lease.over())
			.put("gone", lease.gone())
			.put("content", new String(lease.content(), StandardCharsets.ISO_8859_1));
	}

	public static SharedLease lease(JsonNode tree) {
		return new SharedLease(tree.path("service").asString(""), tree.path("id").asString(""),
				tree.path("node").asString(""), tree.path("holder").asString(""), tree.path("over").asString(""),
				tree.path("gone").asBoolean(false),
				tree.path("content").asString("").getBytes(StandardCharsets.ISO_8859_1));
	}

}
