package io.meshup.registry.rule.text;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.meshup.registry.limit.TestLimits;
import io.meshup.registry.problem.ApiProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The limits of text, below, at and above: as they are by default, and as they are set.
 */
class DocumentReaderTests {

	@ParameterizedTest
	@CsvSource({ "32,document.depth=32", "8,document.depth=8", "56,document.depth=56" })
	void limitsNesting(int depth, String setting) {
		String json = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
		assertTaken(json, json, setting);
		assertTaken("[" + json + "]", json, setting);
		String deeper = "{\"a\":".repeat(depth + 1) + "1" + "}".repeat(depth + 1);

		assertRefused(deeper, deeper, setting);
		assertRefused("[" + deeper + "]", deeper, setting);
	}

	@ParameterizedTest
	@CsvSource({ "65536,document.text-length=65536", "100,document.text-length=100",
			"1000000,document.text-length=1000000" })
	void limitsTexts(int length, String setting) {
		String json = "{\"a\":\"" + "x".repeat(length) + "\"}";
		assertTaken(json, "a: " + "x".repeat(length), setting);

		assertRefused(json.replace("x\"", "xx\""), "a: " + "x".repeat(length + 1), setting);
	}

	@ParameterizedTest
	@CsvSource({ "100,document.number-length=100", "20,document.number-length=20", "1000,document.number-length=1000" })
	void limitsNumbers(int digits, String setting) {
		String json = "{\"a\":" + "7".repeat(digits) + "}";
		assertTaken(json, "a: " + "7".repeat(digits), setting);

		assertRefused(json.replace("}", "7}"), "a: " + "7".repeat(digits + 1), setting);
	}

	@ParameterizedTest
	@CsvSource({ "100000,document.values=100000", "100,document.values=100", "200000,document.values=200000" })
	void limitsTheNumberOfValues(int values, String setting) {
		String json = "[" + "1,".repeat(values - 2) + "1]";
		assertTaken("[" + json + "]", json, setting);

		assertRefused("[[1," + json.substring(1) + "]", "[1," + json.substring(1), setting);
	}

	@ParameterizedTest
	@CsvSource({ "20,document.aliases=20", "0,document.aliases=0", "30,document.aliases=30" })
	void limitsAliases(int aliases, String setting) {
		String yaml = "a: &a 1\nb: [" + "*a, ".repeat(aliases) + "1]";
		assertTaken("[]", yaml, setting.replace("[]", "[1]"));

		assertThatExceptionOfType(ApiProblem.class)
			.isThrownBy(() -> read(yaml.replace("1]", "*a]"), MediaType.valueOf("application/yaml"), setting))
			.satisfies((ex) -> assertNames(ex, setting));
	}

	private static void assertTaken(String json, String yaml, String setting) {
		if (!json.equals("[]")) {
			assertThat(read(json, MediaType.APPLICATION_JSON, setting)).hasSize(1);
		}
		assertThat(read(yaml, MediaType.valueOf("application/yaml"), setting)).hasSize(1);
	}

	private static void assertRefused(String json, String yaml, String setting) {
		assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> read(json, MediaType.APPLICATION_JSON, setting))
			.satisfies((ex) -> assertNames(ex, setting));
		assertThatExceptionOfType(ApiProblem.class)
			.isThrownBy(() -> read(yaml, MediaType.valueOf("application/yaml"), setting))
			.satisfies((ex) -> assertNames(ex, setting));
	}

	private static void assertNames(ApiProblem problem, String setting) {
		String property = setting.substring(0, setting.indexOf('='));
		String limit = setting.substring(setting.indexOf('=') + 1);
		assertThat(problem.status().value()).isEqualTo(400);
		assertThat(problem.violations()).singleElement()
			.satisfies(
					(violation) -> assertThat(violation.message()).contains("mesh.registry.limits." + property, limit));
	}

	private static List<JsonNode> read(String text, MediaType type, String setting) {
		return new DocumentReader(TestLimits.of(setting, "body-size=16MB")).read(text.getBytes(StandardCharsets.UTF_8),
				type);
	}

}
