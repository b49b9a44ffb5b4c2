package io.meshup.cache;

import java.util.Map;

/**
 * Which of the requests for one address a response answers. Immutable.
 *
 * @param rule the rule that it was got by
 * @param lane the lane that it was got in
 * @param origin what else it was asked with
 * @param values the headers that it varies by, as they were asked with
 */
record Variant(RuleCache rule, String lane, String origin, Map<String, String> values) {

	static Variant of(RuleCache rule, CacheRequest request, Terms terms) {
		return new Variant(rule, request.lane(), request.origin(), request.values(terms.varies()));
	}

	boolean isOf(RuleCache rule, CacheRequest request) {
		return this.rule == rule && this.lane.equals(request.lane()) && this.origin.equals(request.origin());
	}

	boolean matches(RuleCache rule, CacheRequest request) {
		return isOf(rule, request) && this.values.equals(request.values(this.values.keySet()));
	}

}
