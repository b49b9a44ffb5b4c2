package io.meshup.registry.rule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every line of {@code malformed-rules.json}, sent to each of the two calls that write.
 */
class MalformedRulesTests {

	private static RuleApi api;

	@BeforeAll
	static void start(@TempDir Path directory) {
		api = new RuleApi(directory);
		api.put("Route/inventory",
				RuleApi.route("inventory", "inventory", "[{\"backendRefs\":[{\"version\":\"v1\"}]}]"));
	}

	@AfterAll
	static void stop() {
		api.close();
	}

	static Stream<Arguments> rows() throws IOException {
		try (InputStream stream = MalformedRulesTests.class.getResourceAsStream("malformed-rules.json")) {
			JsonNode rows = MeshJson.readTree(Objects.requireNonNull(stream).readAllBytes());
			return StreamSupport.stream(rows.spliterator(), false)
				.<Arguments>map((row) -> Arguments.argumentSet(name(row), row))
				.toList()
				.stream();
		}
	}

	private static String name(JsonNode row) {
		String body = row.path("body").asString();
		return row.path("pointer").asString("") + " " + row.path("message").asString("") + " "
				+ body.substring(0, Math.min(body.length(), 40)).replaceAll("\\s", " ");
	}

	@ParameterizedTest
	@MethodSource("rows")
	void isRefusedByPutWithPlaceAndReason(JsonNode row) {
		List<StoredRule> before = api.store().rules();
		long revision = api.store().revision();

		EntityExchangeResult<String> answer = api.put(row.path("path").asString(), row.path("body").asString());

		assertRefused(answer, row);
		assertThat(api.store().rules()).isEqualTo(before);
		assertThat(api.store().revision()).isEqualTo(revision);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void isRefusedByApplyTogetherWithGoodDocuments(JsonNode row) {
		String body = row.path("body").asString();
		boolean onlyPathIsWrong = row.path("message").asString().contains("as in the path");
		List<StoredRule> before = api.store().rules();
		String good = RuleApi.policy("good", "good", "");

		EntityExchangeResult<String> answer = body.startsWith("{")
				? api.apply("[" + body + "," + good + "]", MediaType.APPLICATION_JSON)
				: api.apply(body + "\n---\n" + good, RuleApi.YAML);

		if (!onlyPathIsWrong && !row.path("message").asString().contains("no document")) {
			assertThat(answer.getStatus().value()).isEqualTo(400);
			assertThat(api.store().rules()).isEqualTo(before);
		}
	}

	private static void assertRefused(EntityExchangeResult<String> answer, JsonNode row) {
		String text = String.valueOf(answer.getResponseBody());
		assertThat(answer.getStatus().value()).as(text).isEqualTo(400);
		assertThat(answer.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(text).doesNotContain("io.meshup", "tools.jackson", "org.s", "Exception", "\\tat ");
		JsonNode violations = MeshJson.readTree(text.getBytes(StandardCharsets.UTF_8)).path("violations");
		assertThat(violations).as(text).anySatisfy((violation) -> {
			assertThat(violation.path("message").asString()).contains(row.path("message").asString());
			if (row.has("line")) {
				assertThat(violation.path("line").asInt()).isEqualTo(row.path("line").asInt());
				assertThat(violation.path("column").asInt()).isPositive();
			}
			else {
				assertThat(violation.path("pointer").asString()).isEqualTo(row.path("pointer").asString());
			}
		});
	}

}
