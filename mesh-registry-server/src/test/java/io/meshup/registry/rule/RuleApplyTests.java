package io.meshup.registry.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;

class RuleApplyTests {

	@TempDir
	private Path directory;

	private RuleApi api;

	@BeforeEach
	void start() {
		this.api = new RuleApi(this.directory);
	}

	@AfterEach
	void stop() {
		this.api.close();
	}

	@Test
	void appliesAllDocumentsAndTellsWhatBecameOfEach() {
		this.api.put("Route/inventory", RuleApi.SPLIT);

		EntityExchangeResult<String> answer = this.api.apply(RuleApi.SPLIT + "---\n" + RuleApi.POLICY, RuleApi.YAML);

		assertThat(answer.getStatus().value()).isEqualTo(200);
		assertThat(RuleApi.json(answer).at("/documents/0/result").asString()).isEqualTo("unchanged");
		assertThat(RuleApi.json(answer).at("/documents/1/result").asString()).isEqualTo("created");
		assertThat(RuleApi.json(answer).path("revision").asLong())
			.isEqualTo(RuleApi.json(answer).at("/documents/1/revision").asLong());
		assertThat(RuleApi.json(answer).at("/documents/1/warnings").isArray()).isTrue();
		assertThat(this.api.store().revision()).isEqualTo(RuleApi.json(answer).path("revision").asLong());
	}

	@Test
	void appliesNothingWhenOneOfAHundredIsWrong() {
		List<String> documents = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			documents.add(RuleApi.policy("p" + i, "s" + i, "\"panicThresholdPercent\":" + ((i == 37) ? 101 : 50)));
		}

		EntityExchangeResult<String> answer = this.api.apply("[" + String.join(",", documents) + "]",
				MediaType.APPLICATION_JSON);

		assertThat(answer.getStatus().value()).isEqualTo(400);
		assertThat(RuleApi.json(answer).path("violations")).hasSize(1);
		assertThat(RuleApi.json(answer).at("/violations/0/document").asInt()).isEqualTo(37);
		assertThat(this.api.store().rules()).isEmpty();
	}

	@Test
	void refusesOneRuleTwiceInOneRequest() {
		EntityExchangeResult<String> answer = this.api.apply(RuleApi.SPLIT + "---\n" + RuleApi.SPLIT, RuleApi.YAML);

		assertThat(answer.getStatus().value()).isEqualTo(400);
		assertThat(RuleApi.json(answer).at("/violations/0/message").asString())
			.contains("document 0 is 'Route/inventory' too");
	}

	@Test
	void takesAnyNumberOfRateLimitsForOneService() {
		EntityExchangeResult<String> answer = this.api.apply(
				limit("first", "requests: 100, per: source") + "---\n" + limit("second", "requests: 9, burst: 3"),
				RuleApi.YAML);

		assertThat(answer.getStatus().value()).isEqualTo(200);
		assertThat(RuleApi.json(answer).at("/documents/1/warnings/0/message").asString("")
				+ RuleApi.json(answer).at("/documents/1/warnings/1/message").asString(""))
			.contains("no more than 3 may come at once");
		assertThat(this.api.put("RateLimit/third", limit("third", "requests: 1, scope: mesh")).getStatus().value())
			.isEqualTo(201);
	}

	private static String limit(String name, String fields) {
		return "apiVersion: meshup.io/v1\nkind: RateLimit\nmetadata: {name: " + name
				+ "}\nspec: {service: inventory, limits: [{" + fields + "}]}\n";
	}

	// T66
	@Test
	void publishesTheRulesOfOneServiceTogether() {
		List<List<Integer>> halves = new ArrayList<>();
		this.api.store()
			.subscribe((change) -> halves.add(this.api.store()
				.rulesFor("inventory")
				.stream()
				.map((rule) -> half(rule.document().path("spec")))
				.toList()));

		for (int i = 1; i <= 20; i++) {
			EntityExchangeResult<String> answer = this.api.apply(
					RuleApi.SPLIT.replace("weight: 80", "weight: " + i) + "---\n"
							+ RuleApi.POLICY.replace("panicThresholdPercent: 50", "panicThresholdPercent: " + i),
					RuleApi.YAML);
			assertThat(answer.getStatus().value()).isEqualTo(200);
		}

		assertThat(halves).hasSizeGreaterThanOrEqualTo(20).allSatisfy((state) -> {
			assertThat(state).hasSize(2);
			assertThat(state.get(0)).isEqualTo(state.get(1));
		});
	}

	private static int half(JsonNode spec) {
		return spec.has("rules") ? spec.at("/rules/1/backendRefs/0/weight").asInt()
				: spec.path("panicThresholdPercent").asInt();
	}

}
