package io.meshup.model.rule.route;

import java.util.List;

import io.meshup.model.rule.filter.RouteFilter;
import io.meshup.model.rule.match.RouteMatch;
import io.meshup.model.rule.match.Sticky;
import io.meshup.model.rule.policy.CircuitBreaker;

/**
 * One rule of a route: for requests that match, the versions to choose from and how to
 * call them.
 *
 * @param name for people, may be empty
 * @param matches alternatives; empty matches everything
 * @param backendRefs where to; empty means the route's own service in any version
 * @param sticky which key keeps a caller on one version
 * @param timeouts limits of the call and of each attempt
 * @param retry how failed attempts are repeated
 * @param filters what else is done with them
 * @param circuitBreaker when callers stop calling by this rule;
 * {@link CircuitBreaker#NONE} by default
 */
public record RouteRule(String name, List<RouteMatch> matches, List<BackendRef> backendRefs, Sticky sticky,
		Timeouts timeouts, RetryPolicy retry, List<RouteFilter> filters, CircuitBreaker circuitBreaker) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public RouteRule {
		name = (name != null) ? name : "";
		matches = (matches != null) ? List.copyOf(matches) : List.of();
		backendRefs = (backendRefs != null) ? List.copyOf(backendRefs) : List.of();
		sticky = (sticky != null) ? sticky : Sticky.NONE;
		timeouts = (timeouts != null) ? timeouts : Timeouts.NONE;
		retry = (retry != null) ? retry : RetryPolicy.DEFAULT;
		filters = (filters != null) ? List.copyOf(filters) : List.of();
		circuitBreaker = (circuitBreaker != null) ? circuitBreaker : CircuitBreaker.NONE;
		if (!backendRefs.isEmpty() && backendRefs.stream().allMatch((backend) -> backend.weight() == 0)) {
			throw new IllegalArgumentException("'backendRefs' must have a weight above 0 but all are 0");
		}
	}

	/**
	 * What holds where no rule matches.
	 * @return plain balancing with the default retries
	 */
	@SuppressWarnings("NullAway")
	public static RouteRule plain() {
		return new RouteRule("", List.of(), List.of(), null, null, null, null, null);
	}

}
