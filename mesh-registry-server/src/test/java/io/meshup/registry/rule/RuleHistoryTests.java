package io.meshup.registry.rule;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;

class RuleHistoryTests {

	private static final String HALF = policy(50);

	private static final String MORE = policy(60);

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

	private static String policy(int panic) {
		return RuleApi.policy("p", "s", "\"panicThresholdPercent\":" + panic);
	}

	private long put(String document, String message) {
		EntityExchangeResult<String> answer = this.api.put("TrafficPolicy/p?message=" + message, document);
		assertThat(answer.getStatus().is2xxSuccessful()).as(answer.getResponseBody()).isTrue();
		return RuleApi.json(answer).at("/metadata/revision").asLong();
	}

	private void delete() {
		this.api.client()
			.delete()
			.uri("/api/v1/rules/TrafficPolicy/p")
			.header("x-mesh-message", "not needed")
			.exchange()
			.expectStatus()
			.isNoContent();
	}

	private JsonNode history() {
		return RuleApi.json(this.api.get("/TrafficPolicy/p/history", MediaType.APPLICATION_JSON)).path("versions");
	}

	@Test
	void tellsEveryVersionWithAuthorMessageAndDifferences() {
		long first = put(HALF, "begin");
		long second = put(MORE, "busier");
		delete();

		JsonNode versions = history();

		assertThat(versions).extracting((version) -> version.path("change").asString())
			.containsExactly("deleted", "changed", "created");
		assertThat(versions).extracting((version) -> version.path("message").asString())
			.containsExactly("not needed", "busier", "begin");
		assertThat(versions).extracting((version) -> version.path("author").asString()).containsOnly("alice");
		assertThat(versions.at("/1/revision").asLong()).isEqualTo(second).isGreaterThan(first);
		assertThat(versions.at("/1/changes"))
			.hasToString("[{\"op\":\"replace\",\"path\":\"/spec/panicThresholdPercent\",\"from\":50,\"to\":60}]");
		assertThat(versions.at("/2/changes/0/op").asString()).isEqualTo("add");
		assertThat(versions.at("/0/document").isMissingNode()).isTrue();
		assertThat(versions.at("/0/changes/0/op").asString()).isEqualTo("remove");
	}

	@Test
	void keepsTheHistoryOverARestart() {
		put(HALF, "begin");
		put(MORE, "busier");
		JsonNode before = history();

		this.api.close();
		this.api = new RuleApi(this.directory);

		assertThat(history()).isEqualTo(before).hasSize(2);
	}

	@Test
	void putsAnOldVersionBackAsANewOne() {
		long first = put(HALF, "begin");
		long second = put(MORE, "busier");

		EntityExchangeResult<String> answer = this.api.rollback("TrafficPolicy/p", "to=" + first + "&message=oops");

		assertThat(answer.getStatus().value()).isEqualTo(200);
		JsonNode rule = RuleApi.json(answer);
		assertThat(rule.at("/spec/panicThresholdPercent").asInt()).isEqualTo(50);
		assertThat(rule.at("/metadata/revision").asLong()).isGreaterThan(second);
		assertThat(rule.at("/metadata/rolledBackTo").asLong()).isEqualTo(first);
		assertThat(history().at("/0/change").asString()).isEqualTo("rolled-back");
		assertThat(history().at("/0/message").asString()).isEqualTo("oops");
	}

	@Test
	void bringsADeletedRuleBack() {
		long first = put(HALF, "begin");
		delete();

		assertThat(this.api.rollback("TrafficPolicy/p", "to=" + first).getStatus().value()).isEqualTo(201);

		assertThat(this.api.store().rules()).hasSize(1);
		assertThat(history()).hasSize(3);
	}

	@Test
	void rollsBackOnlyToARevisionWithContentAndOnlyFromTheExpectedOne() {
		long first = put(HALF, "begin");
		put(MORE, "busier");
		delete();
		long deleted = history().at("/0/revision").asLong();

		assertThat(this.api.rollback("TrafficPolicy/none", "to=1").getStatus().value()).isEqualTo(404);
		assertThat(this.api.rollback("TrafficPolicy/p", "to=" + deleted).getStatus().value()).isEqualTo(404);
		assertThat(this.api.rollback("TrafficPolicy/p", "to=99").getResponseBody()).contains("kept: " + first);
		this.api.client()
			.post()
			.uri("/api/v1/rules/TrafficPolicy/p/rollback?to=" + first)
			.header(HttpHeaders.IF_MATCH, "\"" + first + "\"")
			.exchange()
			.expectStatus()
			.isEqualTo(412);
		assertThat(this.api.store().rules()).isEmpty();
	}

	@Test
	void showsWhatARollbackWouldChange() {
		long first = put(HALF, "begin");
		put(MORE, "busier");

		EntityExchangeResult<String> answer = this.api.rollback("TrafficPolicy/p", "dryRun=true&to=" + first);

		assertThat(RuleApi.json(answer).at("/changes/0/path").asString()).isEqualTo("/spec/panicThresholdPercent");
		assertThat(history()).hasSize(2);
	}

	@Test
	void refusesAMessageThatIsNoLine() {
		String long501 = "x".repeat(501);

		assertThat(this.api.put("TrafficPolicy/p?message=" + long501, HALF).getStatus().value()).isEqualTo(400);
		assertThat(this.api.put("TrafficPolicy/p?message=a\nb", HALF).getResponseBody()).contains("one line");
		assertThat(this.api.store().rules()).isEmpty();
	}

	@Test
	void exportsWhatAppliesBackUnchanged() {
		this.api.put("Route/inventory", RuleApi.SPLIT);
		this.api.put("TrafficPolicy/inventory", RuleApi.POLICY);
		String naughty = RuleApi
			.route("odd", "odd",
					"[{\"name\":\"%s\",\"matches\":[%s]}]".formatted("null", String.join(",",
							List.of("on", "1", "1e3", "0x1F", "~", "", "- a", "a: b", "#x", " x ", "*a", "true",
									"\u202e", "\ud83d\ude00", "'", "---", "...", "%", "@", "`", "!!int", ".inf", "-0")
								.stream()
								.map((value) -> "{\"headers\":[{\"name\":\"x\",\"value\":\"" + value + "\"}]}")
								.limit(20)
								.toList())));
		EntityExchangeResult<String> odd = this.api.put("Route/odd", naughty);
		assertThat(odd.getStatus().value()).as(odd.getResponseBody()).isEqualTo(201);
		long revision = this.api.store().revision();

		EntityExchangeResult<String> export = this.api.get("", RuleApi.YAML);
		EntityExchangeResult<String> applied = this.api.apply(String.valueOf(export.getResponseBody()), RuleApi.YAML);

		assertThat(RuleApi.json(applied).path("documents")).hasSize(3)
			.allMatch((document) -> document.path("result").asString().equals("unchanged"));
		assertThat(this.api.store().revision()).isEqualTo(revision);
		assertThat(this.api.get("", MediaType.ALL).getResponseHeaders().getContentType())
			.isEqualTo(MediaType.APPLICATION_JSON);
		assertThat(this.api.get("/Route/odd", RuleApi.YAML).getResponseBody()).startsWith("---\napiVersion:");
	}

	@Test
	void appliesOnlyOntoTheRulesThatWereRead() {
		put(HALF, "begin");
		String tag = String.valueOf(this.api.get("", MediaType.APPLICATION_JSON).getResponseHeaders().getETag());
		String other = RuleApi.policy("q", "t", "\"panicThresholdPercent\":1");

		assertThat(apply(other, tag)).isEqualTo(200);
		assertThat(apply(HALF, tag)).isEqualTo(412);
		delete();
		assertThat(apply(HALF, tag)).isEqualTo(412);
	}

	private int apply(String body, String tag) {
		return this.api.client()
			.post()
			.uri("/api/v1/rules:apply")
			.header(HttpHeaders.IF_MATCH, tag)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectBody()
			.returnResult()
			.getStatus()
			.value();
	}

}
