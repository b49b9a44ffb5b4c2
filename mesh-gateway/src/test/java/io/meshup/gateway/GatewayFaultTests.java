package io.meshup.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.meshup.gateway.fixture.RunningGateway;
import io.meshup.gateway.fixture.Upstream;
import io.meshup.model.Instance;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What faults behind the gateway, and callers that go away, come to at the gateway.
 */
class GatewayFaultTests extends RunningGateway {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final boolean FULL = Boolean.getBoolean("mesh.full");

	private static final int CHANGES = FULL ? 20_000 : 1_000;

	// The long form takes ten minutes.
	private static final long PAUSE_NANOS = FULL ? 30_000_000 : 0;

	// T83
	@Test
	void breaksOffWhatBreaksOffAndRepeatsNothingThatHasBegun() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Thread serving = new Thread(() -> serveParts(server, asked));
			serving.setDaemon(true);
			serving.start();
			known("stock", List.of(Upstream.instance("parts", server.getLocalPort(), "v1"), Upstream.refusing("other")),
					"");

			for (int i = 1; i <= 3; i++) {
				assertThat(outcome("/stock/short")).isIn("502", "broken");
				assertThat(outcome("/stock/long")).isEqualTo("broken");
			}

			assertThat(asked).as("each once").hasValue(6);
			Awaitility.await().atMost(PATIENCE).until(() -> inFlight("stock") == 0);
		}
	}

	// T92
	@Test
	void endsTheCallUpstreamWhenTheCallerIsGone() throws Exception {
		AtomicLong ended = new AtomicLong();
		AtomicInteger asked = new AtomicInteger();
		DisposableServer server = serve((routes) -> routes.get("/slow", (request, response) -> {
			asked.incrementAndGet();
			request.withConnection((connection) -> connection.onDispose(() -> ended.set(System.nanoTime())));
			return response.sendHeaders().then(Mono.never());
		}));
		known("stock", List.of(instance(server)), "");
		URI gateway = URI.create("http://" + base);
		List<Long> nanos = new ArrayList<>();
		for (int i = 1; i <= 9; i++) {
			int due = i;
			ended.set(0);
			Socket caller = new Socket(gateway.getHost(), gateway.getPort());
			caller.getOutputStream()
				.write("GET /stock/slow HTTP/1.1\r\nHost: gateway\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			Awaitility.await().atMost(PATIENCE).until(() -> asked.get() == due);
			long gone = System.nanoTime();
			caller.close();
			Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> ended.get() != 0);
			nanos.add(ended.get() - gone);
		}

		assertSoon("the caller was gone", nanos);
		Awaitility.await().atMost(PATIENCE).until(() -> inFlight("stock") == 0);
		assertThat(engine.services().view("stock").ejected()).isEmpty();
		server.disposeNow();
	}

	private static void assertSoon(String after, List<Long> nanos) {
		nanos.sort(null);
		System.out.printf("T92: upstream ended %d us after %s, at worst %d us%n", nanos.get(4) / 1_000, after,
				nanos.get(8) / 1_000);
		assertThat(Duration.ofNanos(nanos.get(4))).isLessThanOrEqualTo(Duration.ofMillis(50));
	}

	// T97
	@Test
	void keepsStreamsOpenWhileRulesChange() throws Exception {
		DisposableServer server = serve((routes) -> routes
			.get("/events",
					(request, response) -> response.sse()
						.sendString(Flux.interval(Duration.ofMillis(20)).map((tick) -> "data: " + tick + "\n\n")))
			.ws("/talk", (in, out) -> out.sendString(in.receive().asString().map("echo "::concat))));
		known("stock", List.of(instance(server)), "");
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		WebSocket socket = this.client.newWebSocketBuilder()
			.buildAsync(URI.create("ws://" + base + "/stock/talk"), new Hearing(heard))
			.get(20, TimeUnit.SECONDS);
		HttpResponse<InputStream> events = this.client.send(
				HttpRequest.newBuilder(URI.create("http://" + base + "/stock/events")).build(),
				HttpResponse.BodyHandlers.ofInputStream());

		try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
			int tick = 0;
			for (int i = 1; i <= CHANGES; i++) {
				LockSupport.parkNanos(PAUSE_NANOS);
				known("stock", List.of(instance(server)), route(i));
				if (i % 100 == 0) {
					socket.sendText("at " + i, true).get(20, TimeUnit.SECONDS);
					assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("echo at " + i);
					assertThat(lines.readLine()).isEqualTo("data: " + tick++);
					assertThat(lines.readLine()).isEmpty();
				}
			}
		}
		assertThat(heard).isEmpty();
		socket.abort();
		server.disposeNow();
	}

	// What is not sent on yet can still become an answer of the gateway's own.
	private String outcome(String path) throws Exception {
		try {
			return String.valueOf(send(request(path)).statusCode());
		}
		catch (HttpTimeoutException ex) {
			return "late";
		}
		catch (IOException ex) {
			return "broken";
		}
	}

	// Ends each connection after a part of its answer: at once, or after a large part.
	private static void serveParts(ServerSocket server, AtomicInteger asked) {
		try {
			while (true) {
				try (Socket socket = server.accept()) {
					BufferedReader head = new BufferedReader(
							new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
					boolean large = head.readLine().contains("/long");
					head.lines().takeWhile((line) -> !line.isEmpty()).count();
					asked.incrementAndGet();
					socket.getOutputStream()
						.write(("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n"
								+ "x".repeat(large ? 8_000_000 : 100))
							.getBytes(StandardCharsets.ISO_8859_1));
				}
			}
		}
		catch (IOException ex) {
			// The test is done.
		}
	}

	private static String route(int change) {
		return timeout("backendRequest", 1_000 + change);
	}

	private static String timeout(String which, int millis) {
		return """
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},"spec":{"service":"stock",
				 "rules":[{"timeouts":{"%s":"%dms"}}]}}""".formatted(which, millis);
	}

	private static DisposableServer serve(Consumer<HttpServerRoutes> routes) {
		return HttpServer.create().host("127.0.0.1").port(0).route(routes).bindNow();
	}

	private static Instance instance(DisposableServer server) {
		return Upstream.instance("i-" + server.port(), server.port(), "v1");
	}

	private static int inFlight(String service) {
		return engine.services().view(service).inFlight();
	}

	/**
	 * Keeps what a WebSocket hears; also that it was closed.
	 */
	private record Hearing(BlockingQueue<String> heard) implements WebSocket.Listener {

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.heard.add(data.toString());
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
			this.heard.add("closed " + status);
			return null;
		}

		@Override
		public void onError(WebSocket socket, Throwable error) {
			this.heard.add("broken " + error);
		}

	}

}
