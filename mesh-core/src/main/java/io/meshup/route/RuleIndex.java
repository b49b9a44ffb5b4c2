package io.meshup.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.rule.match.RouteMatch;
import io.meshup.route.match.RouteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first of many rules that matches without asking all of them. Each match is
 * filed under that condition of its own which the fewest others share, so that a request
 * is compared only with what is filed under what it has. Immutable.
 */
final class RuleIndex {

	private final Map<String, RuleBucket> paths;

	private final PrefixTable prefixes;

	private final Named[] headers;

	private final Named[] params;

	private final Map<String, RuleBucket> sources;

	private final RuleBucket rest;

	private final int none;

	private RuleIndex(Map<MatchKey, RuleBucket.Builder> filed, RuleBucket.Builder rest, int none) {
		Map<MatchKey.Kind, Map<String, Map<String, RuleBucket>>> kinds = new HashMap<>();
		filed.forEach((key, bucket) -> kinds.computeIfAbsent(key.kind(), (kind) -> new HashMap<>())
			.computeIfAbsent(key.name(), (name) -> new HashMap<>())
			.put(key.value(), bucket.build()));
		this.paths = unnamed(kinds, MatchKey.Kind.PATH);
		this.prefixes = new PrefixTable(unnamed(kinds, MatchKey.Kind.PREFIX));
		this.headers = named(kinds, MatchKey.Kind.HEADER);
		this.params = named(kinds, MatchKey.Kind.PARAM);
		this.sources = unnamed(kinds, MatchKey.Kind.SOURCE);
		this.rest = rest.build();
		this.none = none;
	}

	static RuleIndex of(CompiledRule... rules) {
		Map<MatchKey, Integer> counts = new HashMap<>();
		List<List<List<MatchKey>>> keys = new ArrayList<>(rules.length);
		for (CompiledRule rule : rules) {
			List<List<MatchKey>> own = new ArrayList<>();
			for (RouteMatch match : rule.rule().matches()) {
				List<MatchKey> found = MatchKey.of(match);
				found.forEach((key) -> counts.merge(key, 1, Integer::sum));
				own.add(found);
			}
			keys.add(own);
		}
		Map<MatchKey, RuleBucket.Builder> filed = new HashMap<>();
		RuleBucket.Builder rest = new RuleBucket.Builder();
		for (int i = 0; i < rules.length; i++) {
			List<List<MatchKey>> matches = keys.get(i);
			if (matches.isEmpty()) {
				rest.add(i, null);
			}
			for (int j = 0; j < matches.size(); j++) {
				MatchKey key = rarest(matches.get(j), counts);
				RuleBucket.Builder bucket = (key != null)
						? filed.computeIfAbsent(key, (first) -> new RuleBucket.Builder()) : rest;
				bucket.add(i, rules[i].matcher(j));
			}
		}
		return new RuleIndex(filed, rest, rules.length);
	}

	private static @Nullable MatchKey rarest(List<MatchKey> keys, Map<MatchKey, Integer> counts) {
		MatchKey rarest = null;
		int fewest = Integer.MAX_VALUE;
		for (MatchKey key : keys) {
			int count = counts.getOrDefault(key, 0);
			if (count < fewest) {
				rarest = key;
				fewest = count;
			}
		}
		return rarest;
	}

	private static Map<String, RuleBucket> unnamed(Map<MatchKey.Kind, Map<String, Map<String, RuleBucket>>> kinds,
			MatchKey.Kind kind) {
		return kinds.getOrDefault(kind, Map.of()).getOrDefault("", Map.of());
	}

	private static Named[] named(Map<MatchKey.Kind, Map<String, Map<String, RuleBucket>>> kinds, MatchKey.Kind kind) {
		return kinds.getOrDefault(kind, Map.of())
			.entrySet()
			.stream()
			.map((entry) -> new Named(entry.getKey(), entry.getValue()))
			.toArray(Named[]::new);
	}

	/**
	 * Finds the rule that decides.
	 * @param request the request
	 * @param source the calling service
	 * @return the index of the first rule that matches, or the number of rules
	 */
	int first(RouteRequest request, String source) {
		int best = this.rest.first(request, source, this.none);
		best = first(this.paths.get(request.path()), request, source, best);
		best = this.prefixes.first(request, source, best);
		for (Named header : this.headers) {
			best = first(header.of(request.header(header.name)), request, source, best);
		}
		for (Named param : this.params) {
			best = first(param.of(request.queryParam(param.name)), request, source, best);
		}
		return first(this.sources.get(source), request, source, best);
	}

	private static int first(@Nullable RuleBucket bucket, RouteRequest request, String source, int best) {
		return (bucket != null) ? bucket.first(request, source, best) : best;
	}

	/**
	 * What is filed under the values of one header or parameter.
	 *
	 * @param name its name
	 * @param values the values
	 */
	private record Named(String name, Map<String, RuleBucket> values) {

		@Nullable RuleBucket of(@Nullable String value) {
			return (value != null) ? this.values.get(value) : null;
		}

	}

}
