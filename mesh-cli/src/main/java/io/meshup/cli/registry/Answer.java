package io.meshup.cli.registry;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

/**
 * What the registry answered. Immutable.
 *
 * @param status the HTTP status
 * @param headers the headers that are needed, names in lower case
 * @param text the body
 */
public record Answer(int status, Map<String, String> headers, String text) {

	/**
	 * The body as a tree.
	 * @return the tree
	 * @throws CommandFailure when it is no JSON, so that no registry has answered
	 */
	public JsonNode tree() {
		try {
			return MeshJson.readTree(this.text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			throw new CommandFailure(ExitCode.UNREACHABLE, "What answered does not speak as a registry does (status "
					+ this.status + ", no JSON). Is this the registry's address?");
		}
	}

	/**
	 * A header.
	 * @param name its name in lower case
	 * @return its value, empty when it was not sent
	 */
	public String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

}
