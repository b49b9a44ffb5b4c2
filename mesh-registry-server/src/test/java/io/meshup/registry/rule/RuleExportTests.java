package io.meshup.registry.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An export applies to an empty registry, which then has the same rules and exports the
 * same text. The rules are random; a failure names the seed.
 */
class RuleExportTests {

	private static final List<String> TEXTS = List.of("1", "true", "null", "~", "no", "0x1f", "1e3", "- a", "a: b",
			"a #b", "#a", "'", "\"", "\\", " a ", "*", "&a", "!a", "%a", "@a", "|", ">", "?", "[a]", "{a}",
			"\u00e4\u6f22", "\ud83d\ude00", "\ufeff", "\u2028", "\u0085", "a,b", "2026-11-22", "12:30:45", ".inf", "=",
			"<<", "x".repeat(300));

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 })
	void appliesBackToTheSameState(long seed, @TempDir Path directory) {
		Random random = new Random(seed);
		String sent = "[" + String.join(",",
				IntStream.range(0, 1 + random.nextInt(12)).mapToObj((i) -> document(random, i)).toList()) + "]";
		try (RuleApi first = new RuleApi(directory.resolve("first"));
				RuleApi second = new RuleApi(directory.resolve("second"))) {
			assertTaken(first.apply(sent, MediaType.APPLICATION_JSON), seed);
			String export = String.valueOf(first.get("", RuleApi.YAML).getResponseBody());

			assertTaken(second.apply(export, RuleApi.YAML), seed);

			assertThat(specs(second)).as("seed %d", seed).isEqualTo(specs(first));
			assertThat(second.get("", RuleApi.YAML).getResponseBody()).as("seed %d", seed).isEqualTo(export);
			JsonNode again = RuleApi.json(first.apply(export, RuleApi.YAML));
			assertThat(again.path("documents")).as("seed %d", seed)
				.allSatisfy((document) -> assertThat(document.path("result").asString()).isEqualTo("unchanged"));
		}
	}

	@Test
	void whatWasReadCanBeWrittenBackWhateverItsKind(@TempDir Path directory) {
		try (RuleApi api = new RuleApi(directory)) {
			for (String kind : List.of("Route", "TrafficPolicy", "RateLimit")) {
				String path = kind + "/kept";
				api.put(path + "?message=why", one(kind, "kept", 1));
				long first = RuleApi.json(api.get("/" + path, MediaType.APPLICATION_JSON))
					.at("/metadata/revision")
					.asLong();
				api.put(path + "?message=more", one(kind, "kept", 2));

				EntityExchangeResult<String> back = api.rollback(path, "to=" + first + "&message=back");

				assertThat(back.getStatus().value()).as(String.valueOf(back.getResponseBody())).isEqualTo(200);
				String read = String.valueOf(api.get("/" + path, MediaType.APPLICATION_JSON).getResponseBody());
				assertThat(read).contains("\"message\":\"back\"", "\"rolledBackTo\":" + first);
				assertThat(api.put(path, read).getStatus().value()).isEqualTo(200);
			}
		}
	}

	private static List<String> specs(RuleApi api) {
		return api.store().rules().stream().map(RuleExportTests::text).sorted().toList();
	}

	private static String text(StoredRule rule) {
		return rule.id() + " " + rule.spec();
	}

	private static void assertTaken(EntityExchangeResult<String> answer, long seed) {
		assertThat(answer.getStatus().value()).as("seed %d: %s", seed, answer.getResponseBody()).isEqualTo(200);
	}

	private static String document(Random random, int index) {
		String kind = List.of("Route", "TrafficPolicy", "RateLimit").get(random.nextInt(3));
		return kind.equals("Route") ? route(random, "rule-" + index)
				: one(kind, "rule-" + index, 1 + random.nextInt(9));
	}

	private static String one(String kind, String name, int number) {
		return switch (kind) {
			case "Route" -> RuleApi.route(name, name, "[{\"backendRefs\":[{\"version\":\"v" + number + "\"}]}]");
			case "TrafficPolicy" -> RuleApi.policy(name, name, "\"panicThresholdPercent\":" + number);
			default -> "{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"RateLimit\",\"metadata\":{\"name\":\"" + name
					+ "\"},\"spec\":{\"service\":\"" + name + "\",\"limits\":[{\"per\":\"source\",\"requests\":"
					+ number + ",\"period\":\"1s\"}]}}";
		};
	}

	private static String route(Random random, String name) {
		List<String> rules = new ArrayList<>();
		for (int i = 0; i <= random.nextInt(4); i++) {
			String value = MeshJson.mapper().writeValueAsString(TEXTS.get(random.nextInt(TEXTS.size())));
			String match = switch (random.nextInt(3)) {
				case 0 -> "\"path\":{\"type\":\"PathPrefix\",\"value\":\"/p" + random.nextInt(100) + "\"}";
				case 1 -> "\"headers\":[{\"name\":\"x-" + i + "\",\"type\":\"Exact\",\"value\":" + value + "}]";
				default -> "\"queryParams\":[{\"name\":\"q" + i + "\",\"value\":" + value + "}]";
			};
			rules.add("{\"matches\":[{" + match + "}],\"backendRefs\":[{\"version\":\"v1\",\"weight\":"
					+ random.nextInt(1_000) + "},{\"version\":\"1.0\",\"weight\":" + (1 + random.nextInt(9)) + "}]}");
		}
		return RuleApi.route(name, name, "[" + String.join(",", rules) + "]");
	}

}
