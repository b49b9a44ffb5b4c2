package io.meshup.registry.watch.content;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

import io.meshup.model.rule.match.Sticky;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The keys that any route is sticky by. Every participant must look for them in what
 * comes from outside, because a service further down the chain may split by one that it
 * never gets to see itself. Looked for once for each set of rules. Thread-safe.
 */
final class StickyKeys {

	/** Participants carry eight on. */
	private static final int MAX = 64;

	private volatile Found found = new Found(null, new TreeSet<>());

	/**
	 * The keys of some rules.
	 * @param rules all rules at one moment
	 * @return the first 64 in alphabetical order
	 */
	@SuppressWarnings("ReferenceEquality")
	SortedSet<String> of(RuleSet rules) {
		Found last = this.found;
		if (last.rules() == rules) {
			return last.keys();
		}
		SortedSet<String> keys = new TreeSet<>();
		rules.all().stream().filter((rule) -> rule.kind().equals("Route")).forEach((rule) -> collect(rule, keys));
		while (keys.size() > MAX) {
			keys.remove(keys.last());
		}
		this.found = new Found(rules, Collections.unmodifiableSortedSet(keys));
		return keys;
	}

	private static void collect(StoredRule route, SortedSet<String> keys) {
		for (JsonNode rule : route.spec().path("rules")) {
			JsonNode sticky = rule.path("sticky");
			String header = sticky.path("header").asString("");
			String cookie = header.isEmpty() ? sticky.path("cookie").asString("") : "";
			boolean sourceIp = header.isEmpty() && cookie.isEmpty() && sticky.path("sourceIp").asBoolean(false);
			Sticky key = new Sticky(header, cookie, sourceIp);
			if (!key.equals(Sticky.NONE)) {
				keys.add(key.key());
			}
		}
	}

	private record Found(@Nullable RuleSet rules, SortedSet<String> keys) {
	}

}
