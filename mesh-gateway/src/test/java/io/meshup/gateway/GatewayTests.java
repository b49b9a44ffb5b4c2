package io.meshup.gateway;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.model.Instance;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.TrafficEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway as a whole, over real connections.
 */
class GatewayTests {

	private static final AtomicLong revision = new AtomicLong();

	private static ConfigurableApplicationContext gateway;

	private static TrafficEngine engine;

	private static String base;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@BeforeAll
	static void start() {
		gateway = new SpringApplicationBuilder(GatewayApplication.class).run("--server.port=0",
				"--mesh.registry.urls=http://127.0.0.1:9", "--mesh.gateway.services=shop,stock,chat,gateway",
				"--mesh.cache-dir=" + System.getProperty("java.io.tmpdir") + "/mesh-gateway-tests-"
						+ System.nanoTime());
		engine = gateway.getBean(TrafficEngine.class);
		base = "127.0.0.1:" + gateway.getEnvironment().getProperty("local.server.port");
		known("shop", List.of(), "");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

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
	void blamesNoInstanceForCallersThatHangUp() throws Exception {
		byte[] piece = new byte[64 * 1024];
		try (Upstream upstream = new Upstream("a", (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			for (int i = 0; i < 2_000; i++) {
				exchange.getResponseBody().write(piece);
			}
		})) {
			known("stock", List.of(upstream.instance("v1")), "");
			for (int i = 0; i < 8; i++) {
				hangUpOn("/stock/large");
			}

			Awaitility.await()
				.during(Duration.ofMillis(300))
				.untilAsserted(() -> assertThat(engine.services().view("stock").ejected()).isEmpty());
		}
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
	void streamsALargeUploadThrough() throws Exception {
		AtomicLong received = new AtomicLong();
		try (Upstream upstream = new Upstream("a", (exchange) -> {
			received.set(exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream()));
			exchange.sendResponseHeaders(204, -1);
		})) {
			known("stock", List.of(upstream.instance("v1")), "");
			long size = 48L * 1024 * 1024;

			HttpResponse<String> response = send(
					request("/stock/upload").PUT(HttpRequest.BodyPublishers.ofInputStream(() -> zeros(size))));

			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(received).hasValue(size);
		}
	}

	@Test
	void passesEachPartOfAStreamOnAsItComes() throws Exception {
		CountDownLatch firstSeen = new CountDownLatch(1);
		try (Upstream upstream = new Upstream("a", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
			exchange.getResponseBody().flush();
			await(firstSeen);
			exchange.getResponseBody().write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
		})) {
			known("stock", List.of(upstream.instance("v1")), "");

			HttpResponse<InputStream> response = this.client.send(request("/stock/events").build(),
					HttpResponse.BodyHandlers.ofInputStream());
			try (InputStream body = response.body()) {
				assertThat(new String(body.readNBytes(9), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
				firstSeen.countDown();
				assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("data: 2\n\n");
			}
		}
	}

	@Test
	void passesAWebSocketThrough() throws Exception {
		DisposableServer echo = echo();
		known("chat", List.of(Upstream.instance("ws", echo.port(), "v1")), "");

		assertThat(talk("hello")).isEqualTo("echo hello");
		echo.disposeNow();
	}

	@Test
	void opensAWebSocketElsewhereWhenAnInstanceRefuses() throws Exception {
		DisposableServer echo = echo();
		for (int i = 0; i < 5; i++) {
			known("chat", List.of(Upstream.instance("ws", echo.port(), "v1"), Upstream.refusing("gone-" + i)), "");

			assertThat(talk("hello")).isEqualTo("echo hello");
		}
		echo.disposeNow();
	}

	private static DisposableServer echo() {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.ws("/talk",
					(in, out) -> out.sendString(in.receive().asString().map("echo "::concat))))
			.bindNow();
	}

	private String talk(String text) throws Exception {
		CompletableFuture<String> answer = new CompletableFuture<>();
		WebSocket socket = this.client.newWebSocketBuilder()
			.buildAsync(URI.create("ws://" + base + "/chat/talk"), new WebSocket.Listener() {
				@Override
				public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
					answer.complete(data.toString());
					return null;
				}
			})
			.get(5, TimeUnit.SECONDS);
		socket.sendText(text, true);
		try {
			return answer.get(5, TimeUnit.SECONDS);
		}
		finally {
			socket.abort();
		}
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://" + base + path)).timeout(Duration.ofSeconds(20));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static void hangUpOn(String path) throws Exception {
		URI gatewayUri = URI.create("http://" + base);
		try (Socket socket = new Socket(gatewayUri.getHost(), gatewayUri.getPort())) {
			socket.setSoLinger(true, 0);
			socket.getOutputStream()
				.write(("GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n").getBytes(StandardCharsets.UTF_8));
			assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
		}
	}

	private static void known(String service, List<Instance> instances, String rule) {
		engine.services()
			.apply(new ServiceSnapshot("tests", service, revision.incrementAndGet(), false, List.of(), instances,
					rule.isEmpty() ? List.of() : List.of(MeshJson.readTree(rule.getBytes(StandardCharsets.UTF_8)))));
	}

	private static InputStream zeros(long size) {
		return new InputStream() {

			private long left = size;

			@Override
			public int read() {
				return (this.left-- > 0) ? 0 : -1;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) {
				int amount = (int) Math.min(length, this.left);
				this.left -= amount;
				return (amount > 0) ? amount : -1;
			}

		};
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
