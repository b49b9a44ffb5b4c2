package io.meshup.registry.insight.explain;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.beat.RejectedRule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What would become of a request, as far as the registry knows: what callers have in
 * their own settings, and what they saw since their last beats, it does not.
 *
 * @param revision the registry's at this moment
 * @param route which rule of which route would decide
 * @param policy how callers treat the service; absent where the defaults hold
 * @param lane the lane that the request is in, empty for the base
 * @param backends where the rule sends requests
 * @param candidates all instances of these backends' services
 * @param callers what the callers run, and what they leave out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(long revision, Matched route, @Nullable RuleName policy, String lane, List<Backend> backends,
		List<Candidate> candidates, List<Caller> callers) {

	/**
	 * A rule by its name.
	 *
	 * @param rule for example {@code TrafficPolicy/inventory}
	 * @param revision when it was accepted
	 */
	record RuleName(String rule, long revision) {
	}

	/**
	 * Which rule decides.
	 *
	 * @param rule the route, absent without one
	 * @param revision when it was accepted
	 * @param index the deciding rule's place in it, absent when none matches
	 * @param name the deciding rule's name
	 * @param reason why it is this one, in a sentence
	 * @param rules all rules of the route, with whether the request fits
	 * @param document the deciding rule as it was written
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Matched(@Nullable String rule, @Nullable Long revision, @Nullable Integer index, @Nullable String name,
			String reason, List<RuleFit> rules, @Nullable JsonNode document) {
	}

	/**
	 * One rule of a route.
	 *
	 * @param index its place
	 * @param name its name
	 * @param matches whether the request fits its conditions; the first that does decides
	 */
	record RuleFit(int index, String name, boolean matches) {
	}

	/**
	 * Where a rule sends requests.
	 *
	 * @param service the service
	 * @param version the version, empty for any
	 * @param weight as it was written
	 * @param percent the share that it gets at present
	 * @param chosen whether a sticky key of this request chooses it
	 * @param out why it gets nothing, absent where it gets a share
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Backend(String service, String version, int weight, double percent, @Nullable Boolean chosen,
			@Nullable String out) {
	}

	/**
	 * One instance.
	 *
	 * @param service its service
	 * @param instance what callers are told of it
	 * @param candidate whether the request could go there
	 * @param reasons why not, or why less often
	 */
	record Candidate(String service, Instance instance, boolean candidate, List<String> reasons) {
	}

	/**
	 * One caller.
	 *
	 * @param service its service
	 * @param id its id
	 * @param applied the revision up to which all that it watches is in force there
	 * @param inForce whether that includes the rules above
	 * @param breakers its breakers by version
	 * @param ejected the instances that it leaves out
	 * @param rejected the rules of the service that it could not use
	 */
	record Caller(String service, String id, long applied, boolean inForce, Map<String, BreakerState> breakers,
			List<String> ejected, List<RejectedRule> rejected) {
	}

}
