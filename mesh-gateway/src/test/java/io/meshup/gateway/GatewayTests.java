package io.meshup.gateway;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import io.meshup.gateway.fixture.RunningGateway;
import io.meshup.gateway.fixture.Upstream;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where requests go, what is repeated and what is refused, over real connections.
 */
class GatewayTests extends RunningGateway {

	@Test
	void forwardsToTheServiceNamedByTheFirstSegment() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");

			HttpResponse<String> response = send(request("/stock/items/1?q=a%20b&q=c").header("x-mesh-source", "forged")
				.header("X-Forwarded-For", "6.6.6.6")
				.header("Forwarded", "for=6.6.6.6"));

			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("a got 0");
			assertThat(upstream.seen).singleElement().satisfies((seen) -> {
				assertThat(seen.uri()).isEqualTo("/items/1?q=a%20b&q=c");
				assertThat(seen.headers().getFirst("X-Forwarded-Prefix")).isEqualTo("/stock");
				assertThat(seen.headers().get("X-Forwarded-For")).containsExactly("127.0.0.1");
				assertThat(seen.headers().getFirst("X-Forwarded-Host")).isEqualTo(base);
				assertThat(seen.headers().containsKey("Forwarded")).isFalse();
				assertThat(seen.headers().get("x-mesh-source")).containsExactly("gateway");
			});
		}
	}

	@Test
	void triesAnotherInstanceWhenOneRefusesEvenWithABody() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			for (int i = 0; i < 5; i++) {
				known("stock", List.of(upstream.instance("v1"), Upstream.refusing("gone-" + i)), "");
				HttpResponse<String> response = send(
						request("/stock/orders").POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000))));

				assertThat(response.body()).isEqualTo("a got 100000");
				assertThat(response.headers().allValues("x-upstream")).containsExactly("a");
			}
		}
	}

	@Test
	void repeatsAGetButNoPostWhenTheRuleNamesTheStatus() throws Exception {
		try (Upstream bad = Upstream.answering("bad", 503); Upstream good = Upstream.answering("good", 200)) {
			known("stock", List.of(bad.instance("v1"), good.instance("v1")), """
					{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},"spec":{"service":"stock",
					 "rules":[{"retry":{"attempts":2,"codes":[503],"backoff":"1ms"}}]}}""");
			for (int i = 0; i < 4; i++) {
				assertThat(send(request("/stock/")).body()).isEqualTo("good got 0");
			}
			int posts = 0;
			while (bad.seen.stream().noneMatch((seen) -> seen.method().equals("POST")) && posts++ < 50) {
				send(request("/stock/").POST(HttpRequest.BodyPublishers.ofString("x")));
			}
			long before = bad.seen.size() + good.seen.size();
			send(request("/stock/").POST(HttpRequest.BodyPublishers.ofString("x")));

			assertThat(bad.seen.size() + good.seen.size()).isEqualTo((int) before + 1);
		}
	}

	@Test
	void repeatsForAClientThatOffersHttp2() throws Exception {
		HttpClient offering = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
		try (Upstream bad = Upstream.answering("bad", 503); Upstream good = Upstream.answering("good", 200)) {
			known("stock", List.of(bad.instance("v1"), good.instance("v1")), """
					{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},"spec":{"service":"stock",
					 "rules":[{"retry":{"attempts":2,"codes":[503],"backoff":"1ms"}}]}}""");

			for (int i = 0; i < 4; i++) {
				HttpResponse<String> response = offering.send(request("/stock/").build(),
						HttpResponse.BodyHandlers.ofString());
				assertThat(response.body()).isEqualTo("good got 0");
			}
		}
	}

	@Test
	void letsNoRuleLeadToTheActuator() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), """
					{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock","revision":1},
					"spec":{"service":"stock","rules":[{"matches":[{"path":{"value":"/api"}}],"filters":[{"urlRewrite":
					{"path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"/"}}}]}]}}""");

			assertThat(send(request("/stock/api/actuator/env")).statusCode()).isEqualTo(404);
			assertThat(send(request("/stock/api/items")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void answers504WhenTheTimeIsOver() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		try (Upstream slow = new Upstream("slow", (exchange) -> await(never))) {
			known("stock", List.of(slow.instance("v1")), """
					{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},"spec":{"service":"stock",
					 "rules":[{"timeouts":{"request":"200ms"}}]}}""");

			HttpResponse<String> response = send(request("/stock/"));

			assertThat(response.statusCode()).isEqualTo(504);
			assertThat(response.headers().firstValue("x-mesh-reason")).hasValue("timeout");
			never.countDown();
		}
	}

	@Test
	void repeatsElsewhereWhenAnAttemptTakesTooLong() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		try (Upstream slow = new Upstream("slow", (exchange) -> await(never));
				Upstream good = Upstream.answering("good", 200)) {
			known("stock", List.of(slow.instance("v1"), good.instance("v1")), """
					{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},"spec":{"service":"stock",
					 "rules":[{"timeouts":{"backendRequest":"150ms"},
					  "retry":{"attempts":1,"on":["timeout"],"backoff":"1ms"}}]}}""");
			for (int i = 0; slow.seen.isEmpty() && i < 50; i++) {
				HttpResponse<String> response = send(request("/stock/"));

				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.body()).isEqualTo("good got 0");
			}
			assertThat(slow.seen).isNotEmpty();
			never.countDown();
		}
	}

	@Test
	void explainsCallsThatAskForIt() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), """
					{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock","revision":5},
					 "spec":{"service":"stock","rules":[{"name":"all"}]}}""");

			assertThat(send(request("/stock/").header("x-mesh-explain", "1")).headers().firstValue("x-mesh-explain"))
				.hasValueSatisfying((told) -> assertThat(told).contains("\"revision\":5,\"index\":0,\"name\":\"all\"")
					.contains("\"outcome\":\"200\""));
			assertThat(send(request("/stock/")).headers().firstValue("x-mesh-explain")).isEmpty();
		}
		known("stock", List.of(Upstream.refusing("gone")), "");
		HttpResponse<String> refused = send(request("/stock/").header("x-mesh-explain", "1"));

		assertThat(refused.statusCode()).isEqualTo(502);
		assertThat(refused.headers().firstValue("x-mesh-explain"))
			.hasValueSatisfying((told) -> assertThat(told).contains("\"outcome\":\"connect\""));
	}

	@Test
	void answers502WhenTheOnlyInstanceRefuses() throws Exception {
		known("stock", List.of(Upstream.refusing("gone")), "");

		HttpResponse<String> response = send(request("/stock/"));

		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
	}

	@Test
	void answers503WithAReasonWhenTheServiceHasNoInstance() throws Exception {
		HttpResponse<String> response = send(request("/shop/"));

		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("x-mesh-reason")).hasValue("no-instance");
	}

	@Test
	void keepsWhatIsNotForOutsideAway() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");
			known("hidden", List.of(upstream.instance("v1")), "");
			known("gateway", List.of(upstream.instance("v1")), "");

			assertThat(send(request("/stock/actuator/health")).statusCode()).isEqualTo(404);
			assertThat(send(request("/hidden/")).statusCode()).isEqualTo(404);
			assertThat(send(request("/gateway/gateway/stock/")).statusCode()).isEqualTo(404);
			assertThat(send(request("/Not.A.Service/")).statusCode()).isEqualTo(404);
			assertThat(send(request("/")).statusCode()).isEqualTo(404);
			assertThat(send(request("/stock/%61ctuator/health")).statusCode()).isEqualTo(400);
			assertThat(send(request("/stock/..%2factuator")).statusCode()).isEqualTo(400);
			assertThat(upstream.seen).isEmpty();
		}
	}

	@Test
	void answers502WhenASmallAnswerBreaksOff() throws Exception {
		DisposableServer broken = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((in, out) -> in.receive()
				.next()
				.flatMap((request) -> out
					.sendString(Mono.just("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nx-half: 1\r\n\r\nabc"),
							StandardCharsets.US_ASCII)
					.then()))
			.bindNow();
		known("stock", List.of(Upstream.instance("broken", broken.port(), "v1")), "");

		HttpResponse<String> response = send(request("/stock/items"));

		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.headers().firstValue("x-half")).isEmpty();
		broken.disposeNow();
	}

	@Test
	void answersForItsOwnHealthAndActuator() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");

			assertThat(send(request("/stock/")).body()).isEqualTo("a got 0");
			assertThat(send(request("/actuator")).body()).contains("_links");
			assertThat(send(request("/actuator/health")).statusCode()).isEqualTo(200);
			assertThat(upstream.seen).hasSize(1);
		}
	}

	@Test
	void countsARequestAsSpringCloudGatewayDoes() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 201)) {
			known("stock", List.of(upstream.instance("v1")), "");

			send(request("/stock/items"));
		}
		MeterRegistry meters = bean(MeterRegistry.class);
		assertThat(tags(meters, "spring.cloud.gateway.requests")).isEqualTo(
				"httpMethod=GET,httpStatusCode=201,outcome=SUCCESSFUL,routeId=mesh,routeUri=mesh://service,status=CREATED");
		assertThat(tags(meters, "http.client.requests")).isEqualTo("error=none,http.method=GET,http.status_code=201,"
				+ "spring.cloud.gateway.route.id=mesh,spring.cloud.gateway.route.uri=mesh://service");
		Awaitility.await()
			.untilAsserted(() -> assertThat(tags(meters, "http.server.requests"))
				.isEqualTo("error=none,exception=none,method=GET,outcome=SUCCESS,status=201,uri=UNKNOWN"));
		assertThat(tags(meters, "mesh.client.calls")).contains("service=stock");
	}

	@Test
	void endsTheObservationOfAnAttemptThatFails() throws Exception {
		known("stock", List.of(Upstream.refusing("gone")), "");

		assertThat(send(request("/stock/items")).statusCode()).isEqualTo(502);

		Awaitility.await()
			.until(() -> bean(MeterRegistry.class).get("http.client.requests.active")
				.longTaskTimer()
				.activeTasks() == 0);
	}

	@Test
	void sendsCopiesWithTheHeadersOfTheOriginalAndObservesNone() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 202); Upstream copies = Upstream.answering("b", 203)) {
			known("stock", List.of(upstream.instance("v1"), copies.instance("v2")), """
					{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},"spec":{"service":"stock",
					 "rules":[{"backendRefs":[{"version":"v1"}],"filters":[{"requestMirror":{"version":"v2"}}]}]}}""");

			send(request("/stock/items").header("x-user", "ann").header("X-Forwarded-For", "6.6.6.6"));
			Awaitility.await().until(() -> copies.seen.size() == 1);

			Map<String, List<String>> original = new TreeMap<>(upstream.seen.get(0).headers());
			Map<String, List<String>> copy = new TreeMap<>(copies.seen.get(0).headers());
			assertThat(copy.remove("X-mesh-mirror")).containsExactly("true");
			for (Map<String, List<String>> each : List.of(original, copy)) {
				each.keySet().removeAll(List.of("Host", "X-mesh-target", "Traceparent"));
			}
			assertThat(copy).isEqualTo(original).containsEntry("X-user", List.of("ann"));
			assertThat(bean(MeterRegistry.class).find("http.client.requests").tag("http.status_code", "203").timers())
				.isEmpty();
		}
	}

	private static String tags(MeterRegistry meters, String name) {
		return meters.find(name)
			.timers()
			.stream()
			.filter((timer) -> timer.getId().getTags().stream().anyMatch((tag) -> tag.getValue().equals("201"))
					|| name.startsWith("mesh"))
			.map(Timer::getId)
			.map(Meter.Id::getTags)
			.map((all) -> all.stream().map(GatewayTests::text).collect(Collectors.joining(",")))
			.collect(Collectors.joining(" and "));
	}

	private static String text(Tag tag) {
		return tag.getKey() + "=" + tag.getValue();
	}

}
