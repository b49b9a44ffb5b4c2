package io.meshup.route;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.rule.Route;
import io.meshup.model.rule.RouteRule;

/**
 * A service's route in the form in which requests are matched: expressions are compiled,
 * defaults filled in. Immutable.
 */
public final class CompiledRoute {

	private final CompiledRule[] rules;

	private final CompiledRule plain;

	private CompiledRoute(String service, List<RouteRule> rules) {
		this.rules = new CompiledRule[rules.size()];
		for (int i = 0; i < this.rules.length; i++) {
			RouteRule rule = rules.get(i);
			boolean unique = !rule.name().isEmpty()
					&& rules.stream().filter((other) -> other.name().equals(rule.name())).count() == 1;
			this.rules[i] = new CompiledRule(service, rule, unique ? rule.name() : "#" + i);
		}
		this.plain = new CompiledRule(service, RouteRule.plain(), "");
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
	 * All rules.
	 * @return in order of precedence, without the plain one
	 */
	public List<CompiledRule> rules() {
		return List.of(this.rules);
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
