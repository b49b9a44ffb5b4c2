package io.meshup.route;

import java.util.ArrayList;
import java.util.List;

import io.meshup.route.match.RequestMatcher;
import io.meshup.route.match.RouteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Matches in the order of their rules. Immutable.
 */
final class RuleBucket {

	private final int[] rules;

	private final @Nullable RequestMatcher[] matchers;

	private RuleBucket(int[] rules, @Nullable RequestMatcher[] matchers) {
		this.rules = rules;
		this.matchers = matchers;
	}

	/**
	 * Finds the first rule that matches.
	 * @param request the request
	 * @param source the calling service
	 * @param limit a rule that is known to match
	 * @return the index of a rule before that, or the limit
	 */
	int first(RouteRequest request, String source, int limit) {
		for (int i = 0; i < this.rules.length && this.rules[i] < limit; i++) {
			RequestMatcher matcher = this.matchers[i];
			if (matcher == null || matcher.matches(request, source)) {
				return this.rules[i];
			}
		}
		return limit;
	}

	/**
	 * Collects matches. Not thread-safe.
	 */
	static final class Builder {

		private final List<Integer> rules = new ArrayList<>();

		private final List<@Nullable RequestMatcher> matchers = new ArrayList<>();

		// In the order of the rules; a rule that matches anything has no matcher.
		void add(int rule, @Nullable RequestMatcher matcher) {
			this.rules.add(rule);
			this.matchers.add(matcher);
		}

		RuleBucket build() {
			int[] indexes = new int[this.rules.size()];
			for (int i = 0; i < indexes.length; i++) {
				indexes[i] = this.rules.get(i);
			}
			return new RuleBucket(indexes, this.matchers.toArray(new RequestMatcher[0]));
		}

	}

}
