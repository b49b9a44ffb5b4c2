package io.meshup.control.beat;

import java.util.List;

import io.meshup.model.Instance;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.model.beat.LimitDemand;
import io.meshup.model.beat.RejectedRule;

/**
 * What this process says of itself in a beat; the client adds incarnation and applied
 * revision. Immutable.
 *
 * @param instance the instance with its id and present status, never {@code SUSPECT}; the
 * id must stay the same from {@code RegistryClient.register} on
 * @param busy draining instances, as {@code service/id}, with requests of this process
 * that they have not begun to answer
 * @param rejected rules that could not be used
 * @param edges edges that changed since the last acknowledged beat
 * @param demand how much mesh-wide limits are asked for
 */
public record BeatContent(Instance instance, List<String> busy, List<RejectedRule> rejected, List<EdgeTotals> edges,
		List<LimitDemand> demand) {

	public BeatContent {
		busy = List.copyOf(busy);
		rejected = List.copyOf(rejected);
		edges = List.copyOf(edges);
		demand = List.copyOf(demand);
	}

	/**
	 * A beat with nothing but the instance.
	 * @param instance the instance with its present status
	 * @return the content
	 */
	public static BeatContent of(Instance instance) {
		return new BeatContent(instance, List.of(), List.of(), List.of(), List.of());
	}

}
