package io.meshup.route;

import io.meshup.model.rule.route.RouteRule;
import io.meshup.route.filter.CompiledFilters;
import io.meshup.route.match.RequestMatcher;
import io.meshup.route.match.RouteRequest;
import io.meshup.route.split.Split;

/**
 * One rule of a route with its conditions compiled. Immutable.
 */
public final class CompiledRule {

	private final RouteRule rule;

	private final RequestMatcher[] matchers;

	private final Split split;

	private final CompiledFilters filters;

	private final String key;

	CompiledRule(String service, RouteRule rule, String key) {
		this.rule = rule;
		this.key = key;
		this.filters = CompiledFilters.of(rule);
		this.matchers = new RequestMatcher[rule.matches().size()];
		for (int i = 0; i < this.matchers.length; i++) {
			this.matchers[i] = new RequestMatcher(rule.matches().get(i));
		}
		this.split = new Split(service, rule.backendRefs(), rule.sticky());
	}

	/**
	 * The rule as it was written.
	 * @return with its timeouts and retries
	 */
	public RouteRule rule() {
		return this.rule;
	}

	/**
	 * Where the rule sends its requests.
	 * @return at least one backend
	 */
	public Split split() {
		return this.split;
	}

	/**
	 * What else it does with them.
	 * @return its filters
	 */
	public CompiledFilters filters() {
		return this.filters;
	}

	/**
	 * What the rule is known by, so that its state survives changes of other rules.
	 * @return its name; {@code #}, a path and a hash of its conditions for one without a
	 * name but with state; empty where no rule matched
	 */
	public String key() {
		return this.key;
	}

	// The compiled form of one of the rule's matches.
	RequestMatcher matcher(int index) {
		return this.matchers[index];
	}

	/**
	 * Whether a request fits the rule's conditions.
	 * @param request the request
	 * @param source the calling service
	 * @return {@code true} when one of its matches holds, or it has none
	 */
	public boolean matches(RouteRequest request, String source) {
		for (RequestMatcher matcher : this.matchers) {
			if (matcher.matches(request, source)) {
				return true;
			}
		}
		return this.matchers.length == 0;
	}

}
