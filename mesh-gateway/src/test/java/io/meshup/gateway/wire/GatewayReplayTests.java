package io.meshup.gateway.wire;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import io.meshup.gateway.fixture.RunningGateway;
import io.meshup.gateway.fixture.Upstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gateway sends again, what it copies and what it keeps.
 */
class GatewayReplayTests extends RunningGateway {

	private static final String ROUTE = "{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\","
			+ "\"metadata\":{\"name\":\"stock\"},\"spec\":{\"service\":\"stock\",\"rules\":[%s]}}";

	@Test
	void repeatsASmallBodyAndNoLargeOne() throws Exception {
		try (Upstream bad = Upstream.answering("bad", 503); Upstream good = Upstream.answering("good", 200)) {
			known("stock", List.of(bad.instance("v1"), good.instance("v1")),
					ROUTE.formatted("{\"retry\":{\"attempts\":2,\"codes\":[503],\"backoff\":\"1ms\"}}"));

			while (bad.seen.isEmpty()) {
				assertThat(put("x".repeat(64 * 1024)).body()).isEqualTo("good got 65536");
			}
			HttpResponse<String> large = put("x".repeat(64 * 1024 + 1));
			for (int i = 0; i < 50 && large.statusCode() == 200; i++) {
				large = put("x".repeat(64 * 1024 + 1));
			}

			assertThat(large.statusCode()).isEqualTo(503);
		}
	}

	@Test
	void copiesASmallBody() throws Exception {
		try (Upstream real = Upstream.answering("real", 200); Upstream copy = Upstream.answering("copy", 200)) {
			known("stock", List.of(real.instance("v1"), copy.instance("v2")), ROUTE.formatted(
					"{\"backendRefs\":[{\"version\":\"v1\"}],\"filters\":[{\"requestMirror\":{\"version\":\"v2\"}}]}"));

			assertThat(send(request("/stock/").POST(HttpRequest.BodyPublishers.ofString("hello"))).body())
				.isEqualTo("real got 5");

			Awaitility.await()
				.untilAsserted(() -> assertThat(copy.seen).singleElement()
					.satisfies((seen) -> assertThat(seen.headers().getFirst("Content-Length")).isEqualTo("5")));
		}
	}

	@Test
	void keepsAnswers() throws Exception {
		String large = "x".repeat(50_000);
		try (Upstream upstream = new Upstream("a", (exchange) -> {
			exchange.getResponseHeaders().set("etag", "\"1\"");
			answer(exchange, 200, large);
		})) {
			known("stock", List.of(upstream.instance("v1")),
					ROUTE.formatted("{\"filters\":[{\"cache\":{\"ttl\":\"60s\"}}]}"));

			HttpResponse<String> first = send(request("/stock/items?a=1"));
			HttpResponse<String> second = send(request("/stock/items?a=1"));

			assertThat(first.headers().firstValue("x-mesh-cache")).hasValue("miss");
			assertThat(second.headers().firstValue("x-mesh-cache")).hasValue("hit");
			assertThat(second.headers().allValues("content-length")).hasSize(1);
			assertThat(second.body()).isEqualTo(first.body()).isEqualTo(large);
			assertThat(send(request("/stock/items?a=1").header("if-none-match", "\"1\"")).statusCode()).isEqualTo(304);
			assertThat(upstream.seen).hasSize(1);
			send(request("/stock/items?a=1").header("cookie", "session=1"));
			assertThat(upstream.seen).hasSize(2);
			send(request("/stock/items?a=1").header("accept-encoding", "br"));
			assertThat(upstream.seen).hasSize(3);
		}
	}

	@Test
	void answersFromWhatItKeptWhenTheServiceFailsOrConfirms() throws Exception {
		Upstream[] stock = new Upstream[1];
		try (Upstream upstream = new Upstream("a", (exchange) -> {
			exchange.getResponseHeaders().set("etag", "\"1\"");
			exchange.getResponseHeaders().set("cache-control", "max-age=0");
			boolean known = "\"1\"".equals(exchange.getRequestHeaders().getFirst("if-none-match"));
			answer(exchange, (stock[0].seen.size() == 3) ? 500 : (known ? 304 : 200), "small");
		})) {
			stock[0] = upstream;
			known("stock", List.of(upstream.instance("v1")),
					ROUTE.formatted("{\"filters\":[{\"cache\":{\"staleIfError\":\"60s\"}}]}"));

			assertThat(kept()).isEqualTo("miss 200 small");
			assertThat(kept()).isEqualTo("revalidated 200 small");
			assertThat(kept()).isEqualTo("stale 200 small");
			assertThat(upstream.seen).hasSize(3);
		}
	}

	private String kept() throws Exception {
		HttpResponse<String> response = send(request("/stock/"));
		return response.headers().firstValue("x-mesh-cache").orElse("none") + " " + response.statusCode() + " "
				+ response.body();
	}

	private HttpResponse<String> put(String body) throws Exception {
		return send(request("/stock/").PUT(HttpRequest.BodyPublishers.ofString(body)));
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		exchange.getRequestBody().readAllBytes();
		exchange.sendResponseHeaders(status, (status == 304) ? -1 : body.length);
		if (status != 304) {
			exchange.getResponseBody().write(body);
		}
	}

}
