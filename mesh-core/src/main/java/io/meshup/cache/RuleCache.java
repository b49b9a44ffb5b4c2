package io.meshup.cache;

import io.meshup.model.rule.filter.CachePolicy;

/**
 * The part of a service's cache that belongs to one rule of its route. A rule whose
 * {@code cache} changes gets a new one. Thread-safe; equal to itself only.
 */
public final class RuleCache {

	private final ResponseCache all;

	private final long number;

	private final CachePolicy policy;

	private final Object origin;

	RuleCache(ResponseCache all, long number, CachePolicy policy, Object origin) {
		this.all = all;
		this.number = number;
		this.policy = policy;
		this.origin = origin;
	}

	/**
	 * Whether a rule may go on with what was kept.
	 * @param policy how it keeps answers now
	 * @param origin what else decides about its answers
	 * @return {@code true} where both are as before
	 */
	public boolean isFor(CachePolicy policy, Object origin) {
		return this.policy.equals(policy) && this.origin.equals(origin);
	}

	/**
	 * Begins a call.
	 * @param request what is asked for
	 * @return its use of the cache
	 */
	public CacheUse open(CacheRequest request) {
		return new CacheUse(this.all, this, request);
	}

	CachePolicy policy() {
		return this.policy;
	}

	long number() {
		return this.number;
	}

}
