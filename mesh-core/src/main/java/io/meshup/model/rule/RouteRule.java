package io.meshup.model.rule;

import java.util.List;

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
 */
public record RouteRule(String name, List<RouteMatch> matches, List<BackendRef> backendRefs, Sticky sticky,
		Timeouts timeouts, RetryPolicy retry) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public RouteRule {
		name = (name != null) ? name : "";
		matches = (matches != null) ? List.copyOf(matches) : List.of();
		backendRefs = (backendRefs != null) ? List.copyOf(backendRefs) : List.of();
		sticky = (sticky != null) ? sticky : Sticky.NONE;
		timeouts = (timeouts != null) ? timeouts : Timeouts.NONE;
		retry = (retry != null) ? retry : RetryPolicy.DEFAULT;
		if (!backendRefs.isEmpty() && backendRefs.stream().allMatch((backend) -> backend.weight() == 0)) {
			throw new IllegalArgumentException("'backendRefs' must have a weight above 0 but all are 0");
		}
	}

}
