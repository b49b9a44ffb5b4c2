package io.meshup.traffic.split;

import java.util.Map;

import io.meshup.model.rule.Route;
import io.meshup.model.rule.RuleReader;
import io.meshup.route.CompiledRoute;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CompiledRoute}: which rule decides.
 */
class RouteMatchTests {

	@Test
	void matchesAPrefixByWholeSegments() {
		String prefix = "\"path\":{\"type\":\"PathPrefix\",\"value\":\"/items/\"}";

		assertThat(matches(prefix, TestRequest.get("/items"))).isTrue();
		assertThat(matches(prefix, TestRequest.get("/items/7"))).isTrue();
		assertThat(matches(prefix, TestRequest.get("/itemsize"))).isFalse();
		assertThat(matches("\"path\":{\"value\":\"/\"}", TestRequest.get("/any"))).isTrue();
	}

	@Test
	void matchesAPathExactlyOrByAWholeExpression() {
		String exact = "\"path\":{\"type\":\"Exact\",\"value\":\"/items\"}";
		String expression = "\"path\":{\"type\":\"RegularExpression\",\"value\":\"/items/[0-9]+\"}";

		assertThat(matches(exact, TestRequest.get("/items"))).isTrue();
		assertThat(matches(exact, TestRequest.get("/items/7"))).isFalse();
		assertThat(matches(expression, TestRequest.get("/items/42"))).isTrue();
		assertThat(matches(expression, TestRequest.get("/items/42/x"))).isFalse();
	}

	@Test
	void matchesMethodHeaderQueryAndSource() {
		assertThat(matches("\"method\":\"POST\"", TestRequest.post("/"))).isTrue();
		assertThat(matches("\"method\":\"POST\"", TestRequest.get("/"))).isFalse();
		String header = "\"headers\":[{\"name\":\"x-beta\",\"type\":\"RegularExpression\",\"value\":\"[1-3]\"}]";
		assertThat(matches(header, TestRequest.get("/").header("x-beta", "2"))).isTrue();
		assertThat(matches(header, TestRequest.get("/").header("x-beta", "22"))).isFalse();
		assertThat(matches(header, TestRequest.get("/"))).isFalse();
		String query = "\"queryParams\":[{\"name\":\"q\",\"value\":\"a\"}]";
		assertThat(matches(query, TestRequest.get("/").query("q", "a"))).isTrue();
		assertThat(matches(query, TestRequest.get("/").query("q", "b"))).isFalse();
		assertThat(matches(query, TestRequest.get("/"))).isFalse();
		assertThat(matches("\"sources\":[\"storefront\"]", TestRequest.get("/"))).isTrue();
		assertThat(matches("\"sources\":[\"orders\"]", TestRequest.get("/"))).isFalse();
	}

	@Test
	void needsAllConditionsOfOneAlternativeAndOneAlternativeOfAll() {
		String both = "\"method\":\"GET\",\"path\":{\"value\":\"/a\"}";

		assertThat(matches(both, TestRequest.post("/a"))).isFalse();
		assertThat(matches(both + "},{\"method\":\"POST\"", TestRequest.post("/a"))).isTrue();
	}

	@Test
	void takesTheFirstRuleThatMatchesAndPlainBalancingWithoutOne() {
		CompiledRoute route = compiled("{\"name\":\"one\",\"matches\":[{\"path\":{\"value\":\"/a\"}}]},"
				+ "{\"name\":\"two\",\"matches\":[{\"method\":\"GET\"}]}");

		assertThat(route.match(TestRequest.get("/a"), "x").rule().name()).isEqualTo("one");
		assertThat(route.match(TestRequest.get("/b"), "x").rule().name()).isEqualTo("two");
		assertThat(route.match(TestRequest.post("/b"), "x").split().version(0)).isEmpty();
		assertThat(route.match(TestRequest.post("/b"), "x").split().service(0)).isEqualTo("inventory");
	}

	@Test
	void refusesAnExpressionThatIsNotRe2() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> compiled("{\"matches\":[{\"headers\":[{\"name\":\"a\",\"type\":\"RegularExpression\","
					+ "\"value\":\"(?=x)\"}]}]}"))
			.withMessageContaining("must be an RE2 expression but was '(?=x)'");
	}

	private static boolean matches(String match, TestRequest request) {
		CompiledRoute route = compiled("{\"name\":\"yes\",\"matches\":[{" + match + "}]}");
		return route
			.match(new TestRequest(request.method(), request.path(), Map.copyOf(request.headers()), request.query(),
					null, true), "storefront")
			.rule()
			.name()
			.equals("yes");
	}

	private static CompiledRoute compiled(String rules) {
		return CompiledRoute.of((Route) RuleReader.read(TestMesh.route(rules)));
	}

}
