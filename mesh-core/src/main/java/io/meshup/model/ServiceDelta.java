package io.meshup.model;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What changed in one service since what a watcher has: the data of a watch event
 * {@code delta}.
 *
 * @param registry the registry's own name
 * @param service the service
 * @param revision as in {@link ServiceSnapshot}
 * @param since what it must be laid over: the {@code asOf} of the last event about this
 * service on the same line
 * @param asOf the name of the result
 * @param partial whether the registry has just started
 * @param gone all ids that have left since then; {@code null} when the same as before
 * @param instances those that are new or differ, whole
 * @param left ids of those that are no longer listed
 * @param size how many are listed now
 * @param rules all documents that concern the service; {@code null} when the same as
 * before
 */
public record ServiceDelta(String registry, String service, long revision, long since, long asOf, boolean partial,
		@Nullable List<String> gone, List<Instance> instances, List<String> left, int size,
		@Nullable List<JsonNode> rules) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public ServiceDelta {
		instances = (instances != null) ? List.copyOf(instances) : List.of();
		left = (left != null) ? List.copyOf(left) : List.of();
	}

}
