package io.meshup.model;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * One service as the registry knows it at one revision: the data of a watch event
 * {@code service}.
 *
 * @param registry the registry's own name, made with its store; revisions of another
 * registry cannot be compared
 * @param service the service, or {@code *} for rules of the whole mesh
 * @param revision that of the service's last change
 * @param partial {@code true} in the first 30 s after a registry's start: an instance
 * that is missing has not necessarily left, only those in {@code gone} have
 * @param gone ids that have left since the registry's start; only while {@code partial}
 * @param instances all that are listed, in the order of their ids
 * @param rules the documents that concern the service
 */
public record ServiceSnapshot(String registry, String service, long revision, boolean partial, List<String> gone,
		List<Instance> instances, List<JsonNode> rules) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public ServiceSnapshot {
		gone = (gone != null) ? List.copyOf(gone) : List.of();
		instances = (instances != null) ? List.copyOf(instances) : List.of();
		rules = (rules != null) ? List.copyOf(rules) : List.of();
	}

}
