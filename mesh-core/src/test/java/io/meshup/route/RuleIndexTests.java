package io.meshup.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.meshup.model.rule.Route;
import io.meshup.model.rule.match.MatchType;
import io.meshup.model.rule.match.PathMatch;
import io.meshup.model.rule.match.RouteMatch;
import io.meshup.model.rule.match.Sticky;
import io.meshup.model.rule.match.TextMatch;
import io.meshup.model.rule.policy.CircuitBreaker;
import io.meshup.model.rule.route.RetryPolicy;
import io.meshup.model.rule.route.RouteRule;
import io.meshup.model.rule.route.Timeouts;
import io.meshup.route.match.RouteRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The index against asking all rules one by one.
 */
class RuleIndexTests {

	private static final List<String> PATHS = List.of("/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/a//b", "/b", "/b/a",
			"//", "/a.b", "/c/1", "/c/22/d", "");

	private static final List<String> EXPRESSIONS = List.of("/a/.*", "/c/[0-9]+", "/c/[0-9]+/d", "/a|/b/.*", "/a/b?",
			"/a/b/*", "(?i)/A/b", "/a\\.b", ".*", "/a/(b|c).*", "/a/{1,2}b", "^/a/b$", "/b");

	private static final List<String> VALUES = List.of("1", "2", "3", "");

	@Test
	void findsWhatAskingAllRulesFinds() {
		long seed = new Random().nextLong();
		System.out.println("RuleIndexTests seed " + seed);
		Random random = new Random(seed);
		for (int i = 0; i < 200; i++) {
			CompiledRoute route = CompiledRoute.of(route(random, 9 + random.nextInt(60)));
			for (int j = 0; j < 100; j++) {
				Request request = request(random);
				String source = "s" + random.nextInt(3);

				assertThat(route.match(request, source)).as("seed %d, %s from %s", seed, request, source)
					.isSameAs(route.scan(request, source));
			}
		}
	}

	@Test
	void asksFewOfTenThousandRules() {
		List<RouteRule> rules = IntStream.range(0, 10_000)
			.mapToObj((i) -> rule("r" + i,
					List.of(new RouteMatch(new PathMatch(MatchType.PATH_PREFIX, "/api"), "",
							List.of(new TextMatch("x-tenant", MatchType.EXACT, "t" + i)), List.of(), List.of()))))
			.toList();
		long start = System.nanoTime();
		CompiledRoute route = CompiledRoute.of(new Route("many", 1, "inventory", rules));
		Duration compiled = Duration.ofNanos(System.nanoTime() - start);
		Request request = new Request("GET", "/api/items", Map.of("x-tenant", "t9999"));

		assertThat(route.match(request, "any").rule().name()).isEqualTo("r9999");
		assertThat(request.asked).as("headers asked for").hasSizeLessThanOrEqualTo(2);
		assertThat(compiled).isLessThan(Duration.ofSeconds(30));
	}

	private static Route route(Random random, int size) {
		List<RouteRule> rules = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			// One that matches everything hides all that follow.
			int alternatives = (i > size / 2) ? random.nextInt(4) : 1 + random.nextInt(3);
			rules.add(rule("r" + i, IntStream.range(0, alternatives).mapToObj((any) -> match(random)).toList()));
		}
		return new Route("random", 1, "inventory", rules);
	}

	private static RouteRule rule(String name, List<RouteMatch> matches) {
		return new RouteRule(name, matches, List.of(), Sticky.NONE, Timeouts.NONE, RetryPolicy.DEFAULT, List.of(),
				CircuitBreaker.NONE);
	}

	private static RouteMatch match(Random random) {
		return new RouteMatch(path(random), (random.nextInt(4) == 0) ? "GET" : "", texts(random, "h"),
				texts(random, "q"),
				IntStream.range(0, Math.max(0, random.nextInt(5) - 2))
					.mapToObj((i) -> "s" + random.nextInt(3))
					.toList());
	}

	private static PathMatch path(Random random) {
		return switch (random.nextInt(4)) {
			case 0 -> PathMatch.ANY;
			case 1 -> new PathMatch(MatchType.REGULAR_EXPRESSION, one(random, EXPRESSIONS));
			default -> new PathMatch(random.nextBoolean() ? MatchType.EXACT : MatchType.PATH_PREFIX,
					"/" + one(random, PATHS).replaceFirst("^/", ""));
		};
	}

	private static List<TextMatch> texts(Random random, String name) {
		return IntStream.range(0, Math.max(0, random.nextInt(4) - 1))
			.mapToObj((i) -> new TextMatch(name + random.nextInt(2),
					(random.nextInt(3) == 0) ? MatchType.REGULAR_EXPRESSION : MatchType.EXACT, one(random, VALUES)))
			.toList();
	}

	private static Request request(Random random) {
		return new Request(random.nextBoolean() ? "GET" : "POST", one(random, PATHS),
				Map.of("h0", one(random, VALUES), "h" + (1 + random.nextInt(3)), one(random, VALUES), "q0",
						one(random, VALUES), "q" + (1 + random.nextInt(3)), one(random, VALUES)));
	}

	private static String one(Random random, List<String> texts) {
		return texts.get(random.nextInt(texts.size()));
	}

	private static final class Request implements RouteRequest {

		private final String method;

		private final String path;

		private final Map<String, String> texts;

		private final List<String> asked = new ArrayList<>();

		private Request(String method, String path, Map<String, String> texts) {
			this.method = method;
			this.path = path;
			this.texts = texts;
		}

		@Override
		public String method() {
			return this.method;
		}

		@Override
		public String path() {
			return this.path;
		}

		@Override
		public @Nullable String queryParam(String name) {
			return this.texts.get(name);
		}

		@Override
		public @Nullable String header(String name) {
			this.asked.add(name);
			return this.texts.get(name);
		}

		@Override
		public @Nullable String remoteAddress() {
			return null;
		}

		@Override
		public String toString() {
			return this.method + " " + this.path + " " + this.texts;
		}

	}

}
