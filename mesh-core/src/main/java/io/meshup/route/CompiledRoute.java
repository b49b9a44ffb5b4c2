package io.meshup.route;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.rule.BackendRef;
import io.meshup.model.rule.RetryPolicy;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.RouteRule;
import io.meshup.model.rule.Sticky;
import io.meshup.model.rule.Timeouts;

/**
 * A service's route in the form in which requests are matched: expressions are compiled,
 * defaults filled in. Immutable.
 */
public final class CompiledRoute {

	private final CompiledRule[] rules;

	private final CompiledRule plain;

	private CompiledRoute(String service, List<RouteRule> rules) {
		this.rules = rules.stream().map((rule) -> new CompiledRule(service, rule)).toArray(CompiledRule[]::new);
		this.plain = new CompiledRule(service,
				new RouteRule("", List.of(), List.<BackendRef>of(), Sticky.NONE, Timeouts.NONE, RetryPolicy.DEFAULT));
	}

	/**
	 * Compiles a route.
	 * @param route the route
	 * @return its compiled form
	 * @throws IllegalArgumentException when an expression is not RE2; the message names
	 * it
	 */
	public static CompiledRoute of(Route route) {
		return new CompiledRoute(route.service(), route.rules());
	}

	/**
	 * What holds for a service without a route.
	 * @param service the service
	 * @return a route without rules: plain balancing
	 */
	public static CompiledRoute none(String service) {
		return new CompiledRoute(service, List.of());
	}

	/**
	 * Finds the rule that decides.
	 * @param request the request
	 * @param source the calling service
	 * @return the first rule that matches; plain balancing over the service when none
	 * does
	 */
	public CompiledRule match(RouteRequest request, String source) {
		for (CompiledRule rule : this.rules) {
			if (rule.matches(request, source)) {
				return rule;
			}
		}
		return this.plain;
	}

	/**
	 * The keys that keep callers on one backend and can travel.
	 * @return each by its name
	 */
	public Map<String, StickyKey> stickyKeys() {
		Map<String, StickyKey> keys = new TreeMap<>();
		for (CompiledRule rule : this.rules) {
			StickyKey key = rule.split().key();
			if (StickyHashes.canCarry(key.name())) {
				keys.put(key.name(), key);
			}
		}
		return keys;
	}

}
