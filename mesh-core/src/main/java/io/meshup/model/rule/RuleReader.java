package io.meshup.model.rule;

import java.util.Set;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads rule documents as typed rules: the registry's second net behind the JSON Schemas
 * and the callers' only one. Thread-safe.
 */
public final class RuleReader {

	/**
	 * What {@code apiVersion} must be.
	 */
	public static final String API_VERSION = "meshup.io/v1";

	/**
	 * The kinds of the contract that are not enforced yet.
	 */
	public static final Set<String> LATER_KINDS = Set.of("AuthorizationPolicy", "PeerAuthentication");

	private RuleReader() {
	}

	/**
	 * Reads a document.
	 * @param document the whole document with its envelope
	 * @return the rule
	 * @throws IllegalArgumentException when the kind is not supported or a value breaks
	 * an invariant; the message says which
	 */
	public static Rule read(JsonNode document) {
		String kind = document.path("kind").asString("");
		ObjectNode flat = MeshJson.mapper().createObjectNode();
		if (document.path("spec") instanceof ObjectNode spec) {
			flat.setAll(spec);
		}
		JsonNode metadata = document.path("metadata");
		flat.put("name", metadata.path("name").asString(""));
		flat.put("revision", metadata.path("revision").asLong(0));
		return switch (kind) {
			case Route.KIND -> MeshJson.read(flat, Route.class);
			case TrafficPolicy.KIND -> MeshJson.read(flat, TrafficPolicy.class);
			case RateLimit.KIND -> MeshJson.read(flat, RateLimit.class);
			default -> throw new IllegalArgumentException("kind '" + kind + "' is not supported (supported: Route, "
					+ "TrafficPolicy, RateLimit). Update this application's mesh-spring-boot-starter.");
		};
	}

}
