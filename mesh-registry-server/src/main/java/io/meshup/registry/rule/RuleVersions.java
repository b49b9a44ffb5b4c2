package io.meshup.registry.rule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshup.model.MeshJson;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.rule.diff.Difference;
import io.meshup.registry.rule.diff.TreeDiff;
import io.meshup.registry.store.AuditRow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpStatus;

/**
 * The kept versions of one rule, read from its rows.
 */
final class RuleVersions {

	private static final String RULE = "rule";

	private final String id;

	private final List<AuditRow> rows;

	/**
	 * The versions of a rule.
	 * @param id its kind and name
	 * @param rows its rows, oldest first
	 * @throws ApiProblem with 404 when there are none
	 */
	RuleVersions(String id, List<AuditRow> rows) {
		this.id = id;
		this.rows = rows;
		if (rows.isEmpty()) {
			throw ApiProblem.of(HttpStatus.NOT_FOUND,
					"There is no rule '" + id + "' and none is remembered: it never was, or it was deleted longer ago "
							+ "than the history is kept.");
		}
	}

	/**
	 * What a revision said.
	 * @param revision the revision
	 * @return its document
	 * @throws ApiProblem with 404 when it has none
	 */
	JsonNode document(long revision) {
		return this.rows.stream()
			.filter((row) -> row.type().equals(RULE) && row.revision() == revision)
			.findFirst()
			.map(RuleVersions::body)
			.orElseThrow(() -> ApiProblem.of(HttpStatus.NOT_FOUND, "'" + this.id + "' has no content at revision "
					+ revision + " (kept: " + kept() + "). Nothing was changed."));
	}

	private String kept() {
		List<String> revisions = this.rows.stream()
			.filter((row) -> row.type().equals(RULE))
			.map((row) -> Long.toString(row.revision()))
			.toList();
		int more = Math.max(0, revisions.size() - 10);
		return ((more > 0) ? more + " more, " : "") + String.join(", ", revisions.subList(more, revisions.size()));
	}

	/**
	 * All versions, each compared with the one before.
	 * @return the newest first
	 */
	List<Version> all() {
		List<Version> versions = new ArrayList<>();
		JsonNode before = MissingNode.getInstance();
		for (int i = 0; i < this.rows.size(); i++) {
			AuditRow row = this.rows.get(i);
			JsonNode body = body(row);
			JsonNode document = row.type().equals(RULE) ? body : MissingNode.getInstance();
			// What came before the first kept version may have been dropped.
			boolean isKnown = i > 0 || isCreation(body);
			versions.add(version(row, body, before, isKnown));
			before = document;
		}
		Collections.reverse(versions);
		return versions;
	}

	private static Version version(AuditRow row, JsonNode body, JsonNode before, boolean isKnown) {
		boolean deleted = !row.type().equals(RULE);
		JsonNode said = deleted ? body : body.path("metadata");
		long to = said.path("rolledBackTo").asLong(0);
		JsonNode after = deleted ? MissingNode.getInstance() : body.path("spec");
		List<Difference> changes = isKnown ? TreeDiff.between(before.path("spec"), after, "/spec") : List.of();
		String change = (before.isMissingNode() && isKnown) ? "created" : "changed";
		return new Version(row.revision(), deleted ? "deleted" : (to > 0) ? "rolled-back" : change, row.author(),
				row.at(), said.path("message").asString(""), (to > 0) ? to : null, deleted ? null : body, changes);
	}

	private static boolean isCreation(JsonNode document) {
		JsonNode metadata = document.path("metadata");
		return metadata.path("createdAt").equals(metadata.path("updatedAt"));
	}

	private static JsonNode body(AuditRow row) {
		return row.body().isEmpty() ? MissingNode.getInstance()
				: MeshJson.readTree(row.body().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * One version.
	 *
	 * @param revision its revision
	 * @param change {@code created}, {@code changed}, {@code deleted} or
	 * {@code rolled-back}
	 * @param author who
	 * @param at when
	 * @param message the author's words, or empty
	 * @param rolledBackTo whose content was put back
	 * @param document the whole document; none for an end
	 * @param changes what differs from the version before
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Version(long revision, String change, String author, String at, String message, @Nullable Long rolledBackTo,
			@Nullable JsonNode document, List<Difference> changes) {
	}

}
