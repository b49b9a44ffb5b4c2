package io.meshup.registry.audit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.Fact;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * How a row is shown.
 */
final class AuditView {

	private AuditView() {
	}

	/**
	 * For people: what was done to what, with the content before and after.
	 * @param row the row
	 * @param earlier the row before on the same subject, if it is kept
	 * @return the fields
	 */
	static Map<String, Object> of(AuditRow row, @Nullable AuditRow earlier) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("sequence", row.sequence());
		view.put("at", row.at());
		view.put("user", row.author());
		view.put("action", action(row, earlier));
		view.put("kind", kind(row));
		view.put("name", name(row));
		view.put("revision", row.revision());
		if (!message(row).isEmpty()) {
			view.put("message", message(row));
		}
		put(view, "before", (earlier != null && !isEnd(earlier)) ? content(earlier) : MissingNode.getInstance());
		put(view, "after", isEnd(row) ? MissingNode.getInstance() : content(row));
		view.put("hash", row.hash());
		return view;
	}

	private static void put(Map<String, Object> view, String name, JsonNode content) {
		if (!content.isMissingNode()) {
			view.put(name, content);
		}
	}

	/**
	 * For those who verify: every field that is hashed, as it is hashed.
	 * @param row the row
	 * @return one line
	 */
	static byte[] line(AuditRow row) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("sequence", row.sequence());
		line.put("revision", row.revision());
		line.put("type", row.type());
		line.put("subject", row.subject());
		line.put("author", row.author());
		line.put("at", row.at());
		line.put("body", row.body());
		line.put("previous", row.previous());
		line.put("hash", row.hash());
		return (new String(MeshJson.write(line), StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
	}

	static String kind(AuditRow row) {
		if (row.type().startsWith("rule")) {
			return row.subject().substring(0, Math.max(0, row.subject().indexOf('/')));
		}
		return row.type().startsWith(Fact.EVENT) ? row.type().substring(Fact.EVENT.length()) : row.type();
	}

	static String name(AuditRow row) {
		return row.type().startsWith("rule") ? row.subject().substring(row.subject().indexOf('/') + 1) : row.subject();
	}

	private static String action(AuditRow row, @Nullable AuditRow earlier) {
		if (row.type().startsWith(Fact.EVENT) || row.type().equals("checkpoint")) {
			return kind(row);
		}
		if (isEnd(row)) {
			return "deleted";
		}
		if (content(row).path("metadata").path("rolledBackTo").asLong(0) > 0) {
			return "rolled-back";
		}
		return (row.earlier() > 0 && (earlier == null || !isEnd(earlier))) ? "changed" : "created";
	}

	private static boolean isEnd(AuditRow row) {
		return row.type().equals("rule-deleted") || row.body().isEmpty();
	}

	private static String message(AuditRow row) {
		JsonNode content = content(row);
		return (row.type().equals("rule") ? content.path("metadata") : content).path("message").asString("");
	}

	private static JsonNode content(AuditRow row) {
		return row.body().isEmpty() ? MissingNode.getInstance()
				: MeshJson.readTree(row.body().getBytes(StandardCharsets.UTF_8));
	}

}
