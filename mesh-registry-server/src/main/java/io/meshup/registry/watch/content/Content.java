package io.meshup.registry.watch.content;

import java.util.Collection;
import java.util.List;

import io.meshup.model.Instance;
import tools.jackson.databind.JsonNode;

/**
 * What callers are to know of a service. Immutable, as the lists that it is made of.
 *
 * @param partial whether the registry has just started
 * @param gone what has left since that start
 * @param instances all that are listed
 * @param rules the documents that concern it
 */
public record Content(boolean partial, Collection<String> gone, List<Instance> instances, List<JsonNode> rules) {

	public boolean isEmpty() {
		return this.gone.isEmpty() && this.instances.isEmpty() && this.rules.isEmpty();
	}

}
