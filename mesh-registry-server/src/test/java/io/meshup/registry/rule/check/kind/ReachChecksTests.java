package io.meshup.registry.rule.check.kind;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.meshup.model.MeshJson;
import io.meshup.registry.rule.check.field.Findings;
import io.meshup.registry.rule.check.field.RuleWarning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReachChecksTests {

	private static List<RuleWarning> warnings(String... matches) {
		Findings findings = new Findings(0);
		String rules = "[{\"matches\":[" + String.join("]},{\"matches\":[", matches) + "]}]";
		new ReachChecks(findings).check(MeshJson.readTree(rules.getBytes(StandardCharsets.UTF_8)));
		return findings.warnings();
	}

	private static String path(String path) {
		String[] parts = path.split(" ");
		return "{\"path\":{\"type\":\"" + parts[0] + "\",\"value\":\"" + parts[1] + "\"}}";
	}

	@ParameterizedTest
	@CsvSource({ "PathPrefix /a, PathPrefix /a/b, true", "PathPrefix /a, Exact /a, true",
			"PathPrefix /a, PathPrefix /ab, false", "PathPrefix /a/b, PathPrefix /a, false", "Exact /a, Exact /a, true",
			"Exact /a, PathPrefix /a, false", "RegularExpression /a.*, RegularExpression /a.*, true",
			"RegularExpression /a.*, Exact /ab, false", "PathPrefix /a, RegularExpression /a/.*, false" })
	void knowsWhichPathsAreWithinOthers(String first, String second, boolean covered) {
		assertThat(warnings(path(first), path(second))).hasSize(covered ? 1 : 0);
	}

	@Test
	void comparesAllConditionsAndNamesThePlace() {
		String wide = "{\"headers\":[{\"name\":\"X-Beta\",\"value\":\"1\"}],\"sources\":[\"a\",\"b\"]}";
		String narrow = "{\"method\":\"GET\",\"headers\":[{\"name\":\"x-beta\",\"type\":\"Exact\",\"value\":\"1\"}],"
				+ "\"sources\":[\"a\"]}";

		assertThat(warnings(wide, narrow)).singleElement().satisfies((warning) -> {
			assertThat(warning.pointer()).isEqualTo("/spec/rules/1");
			assertThat(warning.message()).contains("never reached", "by rule 0;");
		});
		assertThat(warnings(narrow, wide)).isEmpty();
		assertThat(
				warnings("{\"method\":\"GET\"}", "{\"method\":\"PUT\"}", "{\"method\":\"GET\"},{\"method\":\"PUT\"}"))
			.singleElement()
			.satisfies((warning) -> assertThat(warning.message()).contains("by rule 0, 1;"));
	}

}
