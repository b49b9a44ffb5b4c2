package io.meshup.traffic.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.meshup.model.ServiceName;
import io.meshup.model.beat.RejectedRule;
import io.meshup.model.rule.Limit;
import io.meshup.model.rule.RateLimit;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.Rule;
import io.meshup.model.rule.RuleReader;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.route.CompiledRoute;
import io.meshup.route.match.RequestMatcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rules of one service that this process goes by: of each kind the last one that it
 * could use, while the registry has one of that kind; else its own default. Immutable.
 */
final class RulesInForce {

	// Policies need a name; that of a host which is no service is never seen.
	private static final String NOBODY = "unknown";

	private final String service;

	private final List<Rule> defaults;

	private final Map<String, Accepted> accepted;

	private final List<JsonNode> documents;

	private final List<RejectedRule> rejected;

	private final CompiledRoute compiledRoute;

	private final TrafficPolicy policy;

	private final List<RateLimit> rateLimits;

	private RulesInForce(String service, List<Rule> defaults, Map<String, Accepted> accepted, List<JsonNode> documents,
			List<RejectedRule> rejected) {
		this.service = service;
		this.defaults = defaults;
		this.accepted = accepted;
		this.documents = documents;
		this.rejected = rejected;
		this.compiledRoute = compiled(accepted.get(Route.KIND));
		this.policy = rule(TrafficPolicy.KIND, TrafficPolicy.class)
			.orElseGet(() -> TrafficPolicy.defaults(ServiceName.isValid(service) ? service : NOBODY));
		this.rateLimits = rules(RateLimit.class);
	}

	// What holds before the registry said anything.
	static RulesInForce of(String service, List<Rule> defaults) {
		List<Rule> own = defaults.stream().filter((rule) -> rule.service().equals(service)).toList();
		return new RulesInForce(service, own, Map.of(), List.of(), List.of());
	}

	// What holds once the registry said this.
	RulesInForce with(List<JsonNode> received) {
		if (received.equals(this.documents)) {
			return this;
		}
		Map<String, Accepted> next = new LinkedHashMap<>();
		List<RejectedRule> refused = new ArrayList<>();
		for (JsonNode document : received) {
			try {
				next.put(slot(document), read(document));
			}
			catch (RuntimeException ex) {
				refused.add(rejection(document, ex));
				Accepted last = this.accepted.get(slot(document));
				if (last != null) {
					next.putIfAbsent(slot(document), last);
				}
			}
		}
		return new RulesInForce(this.service, this.defaults, next, List.copyOf(received), List.copyOf(refused));
	}

	Optional<Route> route() {
		return rule(Route.KIND, Route.class);
	}

	CompiledRoute compiledRoute() {
		return this.compiledRoute;
	}

	TrafficPolicy policy() {
		return this.policy;
	}

	List<RateLimit> rateLimits() {
		return this.rateLimits;
	}

	List<RejectedRule> rejected() {
		return this.rejected;
	}

	boolean isEmpty() {
		return this.accepted.isEmpty() && this.defaults.isEmpty();
	}

	// The received documents, each that was refused after the one in force.
	List<JsonNode> documents() {
		List<JsonNode> all = new ArrayList<>();
		for (Accepted rule : this.accepted.values()) {
			if (!this.documents.contains(rule.document())) {
				all.add(rule.document());
			}
		}
		all.addAll(this.documents);
		return all;
	}

	// Where the rule of a kind comes from.
	RuleSource source(String kind) {
		Optional<Rule> local = this.defaults.stream().filter((rule) -> rule.kind().equals(kind)).findFirst();
		Accepted found = this.accepted.get(kind);
		if (found != null) {
			return new RuleSource(RuleSource.Origin.REGISTRY, found.rule().id(), found.rule().revision(),
					local.isPresent());
		}
		return local.map((rule) -> new RuleSource(RuleSource.Origin.LOCAL, rule.id(), 0, true)).orElse(RuleSource.NONE);
	}

	// A service has one rule of a kind, but any number of rate limits.
	private static String slot(JsonNode document) {
		String kind = document.path("kind").asString("");
		return kind.equals(RateLimit.KIND) ? kind + "/" + document.path("metadata").path("name").asString("") : kind;
	}

	private Accepted read(JsonNode document) {
		Rule rule = RuleReader.read(document);
		if (!rule.service().equals(this.service)) {
			throw new IllegalArgumentException("'service' must be '" + this.service
					+ "', whose rules it came with, but was '" + rule.service() + "'");
		}
		if (rule instanceof RateLimit limits) {
			limits.limits().stream().map(Limit::match).filter(Objects::nonNull).forEach(RequestMatcher::new);
		}
		return new Accepted(rule, document, (rule instanceof Route route) ? CompiledRoute.of(route) : null);
	}

	private CompiledRoute compiled(@Nullable Accepted received) {
		CompiledRoute own = (received != null) ? received.compiled() : null;
		return (own != null) ? own : route().map(CompiledRoute::of).orElseGet(() -> CompiledRoute.none(this.service));
	}

	private <T extends Rule> Optional<T> rule(String kind, Class<T> type) {
		Accepted found = this.accepted.get(kind);
		if (found != null) {
			return Optional.of(type.cast(found.rule()));
		}
		return this.defaults.stream().filter(type::isInstance).map(type::cast).findFirst();
	}

	private <T extends Rule> List<T> rules(Class<T> type) {
		List<T> found = this.accepted.values()
			.stream()
			.map(Accepted::rule)
			.filter(type::isInstance)
			.map(type::cast)
			.sorted(Comparator.comparing(Rule::name))
			.toList();
		return found.isEmpty() ? this.defaults.stream().filter(type::isInstance).map(type::cast).toList() : found;
	}

	private static RejectedRule rejection(JsonNode document, RuntimeException ex) {
		JsonNode metadata = document.path("metadata");
		String id = document.path("kind").asString("") + "/" + metadata.path("name").asString("");
		return new RejectedRule(id, metadata.path("revision").asLong(0), String.valueOf(ex.getMessage()));
	}

	/**
	 * A rule that can be used.
	 *
	 * @param rule the rule
	 * @param document as it came
	 * @param compiled its compiled form, of a route only
	 */
	private record Accepted(Rule rule, JsonNode document, @Nullable CompiledRoute compiled) {
	}

}
