package io.meshup.registry.rule.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.meshup.model.MeshJson;
import io.meshup.registry.limit.TestLimits;
import io.meshup.registry.problem.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaLimitsTests {

	@ParameterizedTest
	@ValueSource(ints = { 200, 1, 5, 500 })
	void limitsTheRulesOfARoute(int most) {
		RuleSchemas schemas = new RuleSchemas(TestLimits.of("document.list-entries=" + most));

		assertThat(schemas.check("Route", route("inventory", most), 0)).isEmpty();
		assertThat(schemas.check("Route", route("inventory", most + 1), 0)).singleElement().satisfies((violation) -> {
			assertThat(violation.pointer()).isEqualTo("/spec/rules");
			assertThat(violation.message()).isEqualTo("must be a list of 1 to " + most + " rules but was a list of "
					+ (most + 1) + " (see mesh.registry.limits.document.list-entries)");
		});
	}

	@Test
	void leavesListsThatAreShorterByThemselves() {
		JsonNode schema = new RuleSchemas(TestLimits.of("document.list-entries=60")).schema("Route").orElseThrow();

		assertThat(schema.at("/properties/spec/properties/rules/maxItems").asInt()).isEqualTo(60);
		JsonNode rule = schema.at("/properties/spec/properties/rules/items/properties");
		assertThat(rule.at("/matches/maxItems").asInt()).isEqualTo(50);
		assertThat(rule.at("/backendRefs/maxItems").asInt()).isEqualTo(60);
	}

	@ParameterizedTest
	@ValueSource(ints = { 63, 1, 20 })
	void limitsNames(int most) {
		RuleSchemas schemas = new RuleSchemas(TestLimits.of("name-length=" + most));

		assertThat(schemas.check("Route", route("x".repeat(most), 1), 0)).isEmpty();
		List<Violation> violations = schemas.check("Route", route("x".repeat(most + 1), 1), 0);
		assertThat(violations).extracting(Violation::pointer)
			.containsExactlyInAnyOrder("/metadata/name", "/spec/service");
		assertThat(violations)
			.allSatisfy((violation) -> assertThat(violation.message()).contains("at most " + most + " characters"));
	}

	private static JsonNode route(String name, int rules) {
		return MeshJson.readTree(("{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"" + name
				+ "\"},\"spec\":{\"service\":\"" + name + "\",\"rules\":[" + "{},".repeat(rules - 1) + "{}]}}")
			.getBytes(StandardCharsets.UTF_8));
	}

}
