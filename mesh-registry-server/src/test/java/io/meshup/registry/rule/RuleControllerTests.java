package io.meshup.registry.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.meshup.registry.rule.check.RunningVersions;
import io.meshup.registry.store.ServiceChanged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;

class RuleControllerTests {

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
	void createsReadsChangesAndDeletes() {
		EntityExchangeResult<String> created = this.api.put("Route/inventory", RuleApi.SPLIT);

		assertThat(created.getStatus().value()).as(created.getResponseBody()).isEqualTo(201);
		JsonNode document = RuleApi.json(created);
		assertThat(document.at("/metadata/updatedBy").asString()).isEqualTo("alice");
		assertThat(document.at("/spec/rules/1/backendRefs/0/weight").asInt()).isEqualTo(80);
		assertThat(etag(created)).isEqualTo("\"" + document.at("/metadata/revision").asLong() + "\"");
		assertThat(get("Route/inventory").getResponseBody()).isEqualTo(created.getResponseBody());

		EntityExchangeResult<String> changed = this.api.put("Route/inventory", RuleApi.SPLIT.replace("80", "50"));

		assertThat(changed.getStatus().value()).isEqualTo(200);
		assertThat(RuleApi.json(changed).at("/metadata/revision").asLong())
			.isGreaterThan(document.at("/metadata/revision").asLong());
		assertThat(RuleApi.json(changed).at("/metadata/createdAt")).isEqualTo(document.at("/metadata/createdAt"));

		this.api.client().delete().uri("/api/v1/rules/Route/inventory").exchange().expectStatus().isNoContent();

		assertThat(get("Route/inventory").getStatus().value()).isEqualTo(404);
		this.api.client().delete().uri("/api/v1/rules/Route/inventory").exchange().expectStatus().isNotFound();
	}

	@Test
	void takesEveryFieldThatIsEnforced() {
		assertThat(this.api.put("TrafficPolicy/inventory", RuleApi.POLICY).getStatus().value()).isEqualTo(201);
	}

	@Test
	void readsTheSameBytesAfterARestart() {
		String written = this.api.put("Route/inventory", RuleApi.SPLIT).getResponseBody();
		long revision = this.api.store().revision();
		String registry = this.api.store().registry();
		this.api.close();

		this.api = new RuleApi(this.directory);

		assertThat(get("Route/inventory").getResponseBody()).isEqualTo(written);
		assertThat(this.api.store().registry()).isEqualTo(registry);
		assertThat(this.api.store().revision()).isGreaterThan(revision + 90_000);
	}

	@Test
	void makesNoRevisionOfAnUnchangedRule() {
		String first = this.api.put("Route/inventory", RuleApi.SPLIT).getResponseBody();
		long revision = this.api.store().revision();

		EntityExchangeResult<String> yaml = this.api.put("Route/inventory", RuleApi.SPLIT);
		EntityExchangeResult<String> roundTrip = this.api.put("Route/inventory", String.valueOf(first));

		assertThat(yaml.getStatus().value()).isEqualTo(200);
		assertThat(yaml.getResponseBody()).isEqualTo(first);
		assertThat(roundTrip.getStatus().value()).isEqualTo(200);
		assertThat(roundTrip.getResponseBody()).isEqualTo(first);
		assertThat(this.api.store().revision()).isEqualTo(revision);
	}

	@Test
	void honoursIfMatchAndIfNoneMatch() {
		String stale = etag(this.api.put("Route/inventory", RuleApi.SPLIT));
		String present = etag(this.api.put("Route/inventory", RuleApi.SPLIT.replace("80", "50")));
		String change = RuleApi.SPLIT.replace("80", "40");

		EntityExchangeResult<String> refused = conditional(HttpHeaders.IF_MATCH, stale, change);

		assertThat(refused.getStatus().value()).isEqualTo(412);
		assertThat(RuleApi.json(refused).path("detail").asString())
			.contains("is at revision " + present.replace("\"", ""));
		assertThat(conditional(HttpHeaders.IF_MATCH, "W/" + present, change).getStatus().value()).isEqualTo(412);
		assertThat(conditional(HttpHeaders.IF_MATCH, "42", change).getStatus().value()).isEqualTo(400);
		assertThat(conditional(HttpHeaders.IF_NONE_MATCH, "*", change).getStatus().value()).isEqualTo(412);
		assertThat(conditional(HttpHeaders.IF_NONE_MATCH, "W/" + present, change).getStatus().value()).isEqualTo(412);
		assertThat(etag(get("Route/inventory"))).isEqualTo(present);
		assertThat(conditional(HttpHeaders.IF_MATCH, stale + ", " + present, change).getStatus().value())
			.isEqualTo(200);
		assertThat(conditional(HttpHeaders.IF_MATCH, "*", RuleApi.SPLIT).getStatus().value()).isEqualTo(200);
		this.api.client()
			.delete()
			.uri("/api/v1/rules/Route/inventory")
			.header(HttpHeaders.IF_MATCH, stale)
			.exchange()
			.expectStatus()
			.isEqualTo(412);
	}

	@Test
	void asksForTheRuleToExistUnderIfMatchAny() {
		assertThat(conditional(HttpHeaders.IF_MATCH, "*", RuleApi.SPLIT).getStatus().value()).isEqualTo(412);
		assertThat(conditional(HttpHeaders.IF_NONE_MATCH, "*", RuleApi.SPLIT).getStatus().value()).isEqualTo(201);
	}

	@Test
	void refusesASecondRouteOfAServiceAndNamesTheFirst() {
		this.api.put("Route/inventory", RuleApi.SPLIT);

		EntityExchangeResult<String> second = this.api.put("Route/other",
				RuleApi.SPLIT.replace("name: inventory", "name: other"));

		assertThat(second.getStatus().value()).isEqualTo(409);
		assertThat(RuleApi.json(second).path("detail").asString()).contains("Route/inventory");
		assertThat(RuleApi.json(second).at("/violations/0/pointer").asString()).isEqualTo("/spec/service");
		assertThat(this.api.store().rules()).hasSize(1);
	}

	@Test
	void changesNothingInADryRun() {
		long revision = this.api.store().revision();

		this.api.client()
			.put()
			.uri("/api/v1/rules/Route/inventory?dryRun=true")
			.contentType(RuleApi.YAML)
			.bodyValue(RuleApi.SPLIT)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.metadata.name")
			.isEqualTo("inventory");
		this.api.client()
			.post()
			.uri("/api/v1/rules:apply?dryRun=true")
			.contentType(RuleApi.YAML)
			.bodyValue(RuleApi.SPLIT)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.documents[0].result")
			.isEqualTo("created");

		assertThat(this.api.store().rules()).isEmpty();
		assertThat(this.api.store().revision()).isEqualTo(revision);
	}

	@Test
	void publishesBothServicesWhenARuleMovesFromOneToTheOther() {
		this.api.put("Route/inventory", RuleApi.SPLIT);
		List<ServiceChanged> seen = new ArrayList<>();
		this.api.store().subscribe(seen::add);

		this.api.put("Route/inventory", RuleApi.SPLIT.replace("service: inventory", "service: stock"));

		assertThat(seen).extracting(ServiceChanged::service).containsExactly("inventory", "stock");
		assertThat(seen).extracting(ServiceChanged::revision).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void warnsOfACacheThatKeepsNextToNothing() {
		EntityExchangeResult<String> empty = this.api.put("Route/inventory",
				RuleApi.route("inventory", "inventory", "[{\"filters\":[{\"cache\":{}}]}]"));
		EntityExchangeResult<String> kept = this.api.put("Route/inventory",
				RuleApi.route("inventory", "inventory", "[{\"filters\":[{\"cache\":{\"staleIfError\":\"1m\"}}]}]"));

		assertThat(RuleApi.json(empty).at("/warnings/0/pointer").asString()).isEqualTo("/spec/rules/0/filters/0/cache");
		assertThat(kept.getStatus().value()).isEqualTo(200);
		assertThat(RuleApi.json(kept).path("warnings")).isEmpty();
	}

	@Test
	void warnsOfWhatIsHardlyMeantButStoresNoWarning() {
		this.api.close();
		this.api = new RuleApi(this.directory, Running.class);
		String body = RuleApi.route("inventory", "inventory", "[{\"backendRefs\":[{\"version\":\"v1\"},{\"version\":"
				+ "\"v9\"}],\"timeouts\":{\"request\":\"1s\",\"backendRequest\":\"600ms\"}},{\"name\":\"late\"}]");

		EntityExchangeResult<String> answer = this.api.put("Route/inventory", body);

		assertThat(answer.getStatus().value()).isEqualTo(201);
		assertThat(RuleApi.json(answer)
			.path("warnings")
			.valueStream()
			.map((warning) -> warning.path("pointer").asString())).containsExactlyInAnyOrder("/spec/rules/0/timeouts",
					"/spec/rules/1", "/spec/rules/0/backendRefs/1/version");
		assertThat(RuleApi.json(get("Route/inventory")).has("warnings")).isFalse();
		assertThat(this.api.put("Route/inventory", String.valueOf(answer.getResponseBody())).getStatus().value())
			.isEqualTo(200);
	}

	@Test
	void keepsTextLiterally() {
		String canary = "#{1+1} ${java.version} *{x} @{y} \\u202e\\ud83d\\ude00";
		String body = RuleApi.route("inventory", "inventory",
				"[{\"matches\":[{\"headers\":[{\"name\":\"x-a\",\"value\":\"" + canary + "\"}]}]}]");

		assertThat(this.api.put("Route/inventory", body).getStatus().value()).isEqualTo(201);

		assertThat(RuleApi.json(get("Route/inventory")).at("/spec/rules/0/matches/0/headers/0/value").asString())
			.isEqualTo("#{1+1} ${java.version} *{x} @{y} \u202e\ud83d\ude00");
	}

	@Test
	void listsRulesWithTheRevision() {
		this.api.apply(RuleApi.POLICY + "---\n" + RuleApi.SPLIT, RuleApi.YAML);

		this.api.client()
			.get()
			.uri("/api/v1/rules")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.rules[0].kind")
			.isEqualTo("Route")
			.jsonPath("$.rules[1].kind")
			.isEqualTo("TrafficPolicy")
			.jsonPath("$.revision")
			.isEqualTo(this.api.store().revision());
	}

	@Test
	void servesTheSchemas() {
		this.api.client()
			.get()
			.uri("/api/v1/schemas/Route")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.title")
			.isEqualTo("Route");
		this.api.client().get().uri("/api/v1/schemas/PeerAuthentication").exchange().expectStatus().isNotFound();
	}

	@Test
	void refusesMoreThanAMegabyte() {
		EntityExchangeResult<String> answer = this.api.put("Route/inventory",
				RuleApi.SPLIT + "# " + "x".repeat(1024 * 1024));

		assertThat(answer.getStatus().value()).isEqualTo(413);
		assertThat(answer.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void namesTheKindsThatAreEnforcedLater() {
		String body = RuleApi.SPLIT.replace("kind: Route", "kind: PeerAuthentication");

		assertThat(
				RuleApi.json(this.api.put("PeerAuthentication/inventory", body)).at("/violations/0/message").asString())
			.contains("not supported yet");
	}

	private EntityExchangeResult<String> get(String path) {
		return this.api.client().get().uri("/api/v1/rules/" + path).exchange().expectBody(String.class).returnResult();
	}

	private EntityExchangeResult<String> conditional(String header, String value, String body) {
		return this.api.client()
			.put()
			.uri("/api/v1/rules/Route/inventory")
			.header(header, value)
			.contentType(RuleApi.YAML)
			.bodyValue(body)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private static String etag(EntityExchangeResult<String> answer) {
		return String.valueOf(answer.getResponseHeaders().getETag());
	}

	static class Running {

		@Bean
		RunningVersions runningVersions() {
			return (service) -> Set.of("v1", "v2");
		}

	}

}
