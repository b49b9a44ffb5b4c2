package io.meshup.registry.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import io.meshup.model.MeshJson;
import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

class AuditApiTests extends RunningRegistry {

	private static final String POLICY = """
			{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"audited"},
			"spec":{"service":"audited","panicThresholdPercent":%d}}""";

	private void put(int panic) {
		admin().put()
			.uri("/api/v1/rules/TrafficPolicy/audited?message=because")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(POLICY.formatted(panic))
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
	}

	private JsonNode entries(String query) {
		return MeshJson.readTree(admin().get()
			.uri("/api/v1/audit?" + query)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

	@Test
	void tellsWhoChangedWhatBeforeAndAfter() {
		put(10);
		put(20);
		admin().delete().uri("/api/v1/rules/TrafficPolicy/audited").exchange().expectStatus().isNoContent();

		JsonNode entries = entries("kind=TrafficPolicy&name=audited&user=admin&limit=3").path("entries");

		assertThat(entries).extracting((entry) -> entry.path("action").asString())
			.containsExactly("deleted", "changed", "created");
		assertThat(entries.at("/0/before/spec/panicThresholdPercent").asInt()).isEqualTo(20);
		assertThat(entries.at("/0/after").isMissingNode()).isTrue();
		assertThat(entries.at("/1/before/spec/panicThresholdPercent").asInt()).isEqualTo(10);
		assertThat(entries.at("/1/after/spec/panicThresholdPercent").asInt()).isEqualTo(20);
		assertThat(entries.at("/1/message").asString()).isEqualTo("because");
		assertThat(entries("user=nobody").path("entries")).isEmpty();
		assertThat(entries("since=2999-01-01T00:00:00Z").path("entries")).isEmpty();
	}

	@Test
	void refusesFiltersThatAreNone() {
		for (String query : List.of("since=yesterday", "limit=0", "limit=1001", "limit=x", "before=-1")) {
			admin().get().uri("/api/v1/audit?" + query).exchange().expectStatus().isBadRequest();
		}
	}

	@Test
	void exportsAChainThatAnOutsiderCanVerify() throws Exception {
		put(30);
		put(40);
		byte[] export = admin().get()
			.uri("/api/v1/audit")
			.accept(MediaType.APPLICATION_NDJSON)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();

		byte[] before = new byte[32];
		int count = 0;
		for (String line : new String(export, StandardCharsets.UTF_8).split("\n")) {
			JsonNode row = MeshJson.readTree(line.getBytes(StandardCharsets.UTF_8));
			assertThat(row.path("previous").asString()).isEqualTo(HexFormat.of().formatHex(before));
			before = hash(row, before);
			assertThat(row.path("hash").asString()).isEqualTo(HexFormat.of().formatHex(before));
			assertThat(row.path("sequence").asInt()).isEqualTo(++count);
		}
		assertThat(count).isGreaterThanOrEqualTo(2);
	}

	/**
	 * The rule of docs/rules-history.md, written anew.
	 * @param row a line of the export
	 * @param before the hash of the line before
	 * @return its hash
	 */
	private static byte[] hash(JsonNode row, byte[] before) throws Exception {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		digest.update(before);
		digest.update(ByteBuffer.allocate(16)
			.putLong(row.path("sequence").asLong())
			.putLong(row.path("revision").asLong())
			.array());
		for (String field : List.of("type", "subject", "author", "at", "body")) {
			byte[] text = row.path(field).asString().getBytes(StandardCharsets.UTF_8);
			digest.update(ByteBuffer.allocate(4).putInt(text.length).array());
			digest.update(text);
		}
		return digest.digest();
	}

}
