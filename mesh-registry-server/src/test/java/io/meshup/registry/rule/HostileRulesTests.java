package io.meshup.registry.rule;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.meshup.model.MeshJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules that want to do harm: circles, masses, depths and names.
 */
class HostileRulesTests {

	private static final List<String> BAD_HEADERS = List.of("Host", "Content-Length", "Connection", "Keep-Alive",
			"Proxy-Connection", "Transfer-Encoding", "TE", "Trailer", "Upgrade", ":path", ":authority", ":method",
			":status", "x-mesh-source", "x-a\\r\\nx-b", "x a", "");

	private static RuleApi api;

	@BeforeAll
	static void start(@TempDir Path directory) {
		api = new RuleApi(directory);
	}

	@AfterAll
	static void stop() {
		api.close();
	}

	// T69
	@ParameterizedTest
	@ValueSource(strings = { "\"backendRefs\":[{\"service\":\"circle-a\"}]",
			"\"filters\":[{\"requestMirror\":{\"service\":\"circle-a\"}}]" })
	void refusesCircles(String back) {
		String there = RuleApi.route("circle-a", "circle-a", "[{\"backendRefs\":[{\"service\":\"circle-b\"}]}]");
		String andBack = RuleApi.route("circle-b", "circle-b", "[{" + back + "}]");
		assertThat(api.put("Route/circle-a", there).getStatus().is2xxSuccessful()).isTrue();
		long revision = api.store().revision();

		EntityExchangeResult<String> answer = api.put("Route/circle-b", andBack);

		assertThat(answer.getStatus().value()).isEqualTo(400);
		assertThat(answer.getResponseBody()).contains("circle-b -> circle-a -> circle-b");
		assertThat(api.apply("[" + andBack + "," + there + "]", MediaType.APPLICATION_JSON).getStatus().value())
			.isEqualTo(400);
		assertThat(api.store().revision()).isEqualTo(revision);
	}

	// T69
	@Test
	void refusesARouteThatMirrorsToItself() {
		EntityExchangeResult<String> answer = api.put("Route/self",
				RuleApi.route("self", "self", "[{\"filters\":[{\"requestMirror\":{\"service\":\"self\"}}]}]"));

		assertThat(answer.getStatus().value()).isEqualTo(400);
	}

	// T70
	@Test
	void stopsReadingAfterAMegabyte() {
		AtomicInteger sent = new AtomicInteger();
		byte[] piece = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
		Flux<DataBuffer> tenMegabytes = Flux.range(0, 160)
			.map((i) -> (DataBuffer) DefaultDataBufferFactory.sharedInstance.wrap(piece))
			.doOnNext((buffer) -> sent.incrementAndGet());
		long start = System.nanoTime();

		api.client()
			.put()
			.uri("/api/v1/rules/Route/inventory")
			.contentType(MediaType.APPLICATION_JSON)
			.body(BodyInserters.fromDataBuffers(tenMegabytes))
			.exchange()
			.expectStatus()
			.isEqualTo(413);

		System.out.printf("T70: 413 after %d ms and %d kB%n", (System.nanoTime() - start) / 1_000_000, sent.get() * 64);
		assertThat(sent.get()).as("pieces of 64 kB").isLessThanOrEqualTo(20);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
	}

	// T71
	@Test
	void refusesDepthAndLongNumbers() {
		String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
		String yaml = "[".repeat(100_000) + "]".repeat(100_000);
		String digits = "{\"kind\":\"Route\",\"weight\":" + "9".repeat(1_000_000) + "}";
		String fraction = "{\"kind\":\"Route\",\"weight\":0." + "9".repeat(1_000_000) + "}";
		for (String body : List.of(deep, yaml, digits, fraction, "weight: " + "9".repeat(1_000_000))) {
			assertHarmless(api.put("Route/inventory", body), 400);
		}
	}

	// T73
	@ParameterizedTest
	@ValueSource(strings = { "requestHeaderModifier", "responseHeaderModifier" })
	void refusesHeadersThatBelongToTheConnection(String filter) {
		for (String name : BAD_HEADERS) {
			for (String change : List.of("\"set\":[{\"name\":\"" + name + "\",\"value\":\"1\"}]",
					"\"add\":[{\"name\":\"" + name + "\",\"value\":\"1\"}]", "\"remove\":[\"" + name + "\"]")) {
				EntityExchangeResult<String> answer = api.put("Route/headers",
						RuleApi.route("headers", "headers", "[{\"filters\":[{\"" + filter + "\":{" + change + "}}]}]"));
				assertThat(answer.getStatus().value()).as(filter + " " + change).isEqualTo(400);
			}
		}
		for (String value : List.of("a\\r\\nb: c", "a\\nb", "a\\u0000b")) {
			for (String change : List.of("set", "add")) {
				EntityExchangeResult<String> answer = api.put("Route/headers",
						RuleApi.route("headers", "headers", "[{\"filters\":[{\"" + filter + "\":{\"" + change
								+ "\":[{\"name\":\"x-a\",\"value\":\"" + value + "\"}]}}]}]"));
				assertThat(answer.getStatus().value()).as(change + " " + value).isEqualTo(400);
			}
		}
		assertThat(api.get("/Route/headers", MediaType.APPLICATION_JSON).getStatus().value()).isEqualTo(404);
	}

	// T80: a hundred million words in half a kilobyte
	@Test
	void refusesABillionLaughs() {
		StringBuilder bomb = new StringBuilder("a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
		for (char name = 'b'; name < 'i'; name++) {
			bomb.append(name).append(": &").append(name).append(" [");
			bomb.append(("*" + (char) (name - 1) + ", ").repeat(9)).append('*').append((char) (name - 1)).append("]\n");
		}
		long revision = api.store().revision();
		long begin = System.nanoTime();

		assertHarmless(api.put("Route/inventory", bomb.toString()), 400);
		assertHarmless(api.apply(bomb + "---\n" + RuleApi.policy("good", "good", ""), RuleApi.YAML), 400);

		System.out.printf("T80: refused twice within %d ms%n", (System.nanoTime() - begin) / 1_000_000);
		assertThat(api.store().revision()).isEqualTo(revision);
	}

	// T80: an import above the limit is not looked at
	@Test
	void refusesAnImportOfAMegabyteAndMore() {
		String documents = RuleApi.policy("big", "big", "") + "\n---\n";
		long revision = api.store().revision();

		EntityExchangeResult<String> answer = api.apply(documents.repeat(1_200_000 / documents.length()), RuleApi.YAML);

		assertHarmless(answer, 413);
		assertThat(api.store().revision()).isEqualTo(revision);
	}

	static Stream<String> naughty() {
		return Stream.of("\u0000", "\r\nx: y", "\u202e", "\ud83d\ude00", "\ud83d", "../", "%2e%2e", "%00", "__proto__",
				"constructor", "x".repeat(10_000), "<script>alert(1)</script>", "'; DROP TABLE rules; --", "${jndi:x}",
				"#{1+1}", "\u00e4", "\ufeff", "\u2028", " ", "\t", "NaN", "null", "true", "-1", "CON", "a\\b", "a/b",
				"\u0130", "\u0085", "\u200d", "\\u0000", "a;b", "a?b", "a#b", "*", "~", "&a", "!!binary x", "- a",
				"{a: b}");
	}

	// T72: 40 texts in each of 13 places
	@ParameterizedTest
	@MethodSource("naughty")
	void refusesNaughtyTextOrKeepsItExactly(String text) {
		String json = MeshJson.mapper().writeValueAsString(text);
		List<String> rules = List.of("[{\"name\":" + json + "}]", "[{\"backendRefs\":[{\"version\":" + json + "}]}]",
				"[{\"backendRefs\":[{\"service\":" + json + "}]}]",
				"[{\"matches\":[{\"path\":{\"type\":\"Exact\",\"value\":" + json + "}}]}]",
				"[{\"matches\":[{\"headers\":[{\"name\":\"x-a\",\"value\":" + json + "}]}]}]",
				"[{\"matches\":[{\"headers\":[{\"name\":" + json + ",\"value\":\"1\"}]}]}]",
				"[{\"matches\":[{\"queryParams\":[{\"name\":" + json + ",\"value\":" + json + "}]}]}]",
				"[{\"matches\":[{\"sources\":[" + json + "]}]}]",
				"[{\"filters\":[{\"requestHeaderModifier\":{\"set\":[{\"name\":\"x-a\",\"value\":" + json + "}]}}]}]",
				"[{\"filters\":[{\"requestRedirect\":{\"hostname\":" + json + "}}]}]",
				"[{\"sticky\":{\"header\":" + json + "}}]", "[{" + json + ":1}]");
		for (String each : rules) {
			String body = RuleApi.route("naughty", "naughty", each);
			EntityExchangeResult<String> answer = api.put("Route/naughty", body);
			if (answer.getStatus().is2xxSuccessful()) {
				JsonNode kept = RuleApi.json(api.get("/Route/naughty", MediaType.APPLICATION_JSON));
				JsonNode sent = MeshJson.readTree(body.getBytes(StandardCharsets.UTF_8));
				assertThat(kept.at("/spec/rules")).isEqualTo(sent.at("/spec/rules"));
			}
			else {
				assertHarmless(answer, 400);
			}
		}
		EntityExchangeResult<String> named = api.apply(
				"[" + RuleApi.route("naughty", "naughty", "[{}]").replace("\"naughty\"", json) + "]",
				MediaType.APPLICATION_JSON);
		boolean label = text.matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
		assertHarmless(named, label ? 200 : 400);
	}

	private static void assertHarmless(EntityExchangeResult<String> answer, int status) {
		String body = String.valueOf(answer.getResponseBody());
		assertThat(answer.getStatus().value()).as(body).isEqualTo(status);
		assertThat(body).doesNotContain("io.meshup", "tools.jackson", "org.s", "Exception", "\\tat ")
			.hasSizeLessThan(20_000);
	}

}
