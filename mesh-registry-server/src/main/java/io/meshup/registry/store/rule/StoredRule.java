package io.meshup.registry.store.rule;

import java.util.Arrays;
import java.util.Objects;

import io.meshup.model.MeshJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rule as it is kept: one revision of one document. Immutable; callers must not change
 * the tree.
 *
 * @param kind for example {@code Route}
 * @param name unique within its kind
 * @param service the service that it is for
 * @param revision when it was accepted
 * @param document the whole document with the server's metadata
 * @param json the same as text, the same bytes at each read
 */
public record StoredRule(String kind, String name, String service, long revision, JsonNode document, byte[] json) {

	/**
	 * Reads what was kept.
	 * @param json the document with the server's metadata
	 * @return the rule
	 */
	public static StoredRule of(byte[] json) {
		JsonNode document = MeshJson.readTree(json);
		JsonNode metadata = document.path("metadata");
		return new StoredRule(document.path("kind").asString(""), metadata.path("name").asString(""),
				document.path("spec").path("service").asString(""), metadata.path("revision").asLong(0), document,
				json);
	}

	/**
	 * How the rule is named in reports.
	 * @return for example {@code Route/inventory}
	 */
	public String id() {
		return this.kind + "/" + this.name;
	}

	/**
	 * What the operator wrote.
	 * @return the part of the document that is not the server's
	 */
	public JsonNode spec() {
		return this.document.path("spec");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof StoredRule rule && Arrays.equals(this.json, rule.json);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.kind, this.name, this.revision);
	}

	@Override
	public String toString() {
		return id() + "@" + this.revision;
	}

}
