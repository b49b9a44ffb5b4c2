package io.meshup.route;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.StableHash;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.policy.CircuitBreaker;
import io.meshup.model.rule.route.RouteRule;
import io.meshup.route.match.RouteRequest;
import io.meshup.route.split.StickyHashes;
import io.meshup.route.split.StickyKey;
import org.jspecify.annotations.Nullable;

/**
 * A service's route in the form in which requests are matched: expressions are compiled,
 * defaults filled in. Immutable.
 */
public final class CompiledRoute {

	/** So few are asked one by one as quickly as they are looked up. */
	private static final int FEW = 8;

	private static final int MAX_KEY_PATH = 40;

	private static final String NO_KEY = "#";

	private final CompiledRule[] rules;

	private final @Nullable RuleIndex index;

	private final CompiledRule plain;

	private CompiledRoute(String service, List<RouteRule> rules) {
		Map<String, Integer> names = new HashMap<>();
		rules.stream()
			.filter((rule) -> !rule.name().isEmpty())
			.forEach((rule) -> names.merge(rule.name(), 1, Integer::sum));
		this.rules = new CompiledRule[rules.size()];
		for (int i = 0; i < this.rules.length; i++) {
			String name = rules.get(i).name();
			boolean unique = !name.isEmpty() && names.getOrDefault(name, 0) == 1;
			this.rules[i] = new CompiledRule(service, rules.get(i), unique ? name : key(rules.get(i)));
		}
		this.index = (this.rules.length > FEW) ? RuleIndex.of(this.rules) : null;
		this.plain = new CompiledRule(service, RouteRule.plain(), "");
	}

	// What a rule without a name is known by wherever it stands: its conditions.
	private static String key(RouteRule rule) {
		if (!hasState(rule)) {
			return NO_KEY;
		}
		String path = rule.matches().isEmpty() ? "" : rule.matches().get(0).path().value();
		String hash = HexFormat.of().toHexDigits((int) StableHash.of(rule.matches().toString()));
		return "#" + path.substring(0, Math.min(path.length(), MAX_KEY_PATH)) + '~' + hash;
	}

	// Whether anything is kept by the rule's key.
	@SuppressWarnings("ReferenceEquality") // a rule that spells out the defaults asks too
	private static boolean hasState(RouteRule rule) {
		return rule.circuitBreaker() != CircuitBreaker.NONE
				|| rule.filters().stream().anyMatch((filter) -> filter.cache() != null);
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
		if (this.index == null) {
			return scan(request, source);
		}
		int first = this.index.first(request, source);
		return (first < this.rules.length) ? this.rules[first] : this.plain;
	}

	// What the index must agree with.
	CompiledRule scan(RouteRequest request, String source) {
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
