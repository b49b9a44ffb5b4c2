package io.meshup.gateway.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
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

import io.meshup.gateway.fixture.RunningGateway;
import io.meshup.gateway.fixture.Upstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies, events and WebSockets pass as streams.
 */
class GatewayStreamTests extends RunningGateway {

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
				hangUpOn("/stock/large", () -> {
				});
			}

			Awaitility.await()
				.during(Duration.ofMillis(300))
				.untilAsserted(() -> assertThat(engine.services().view("stock").ejected()).isEmpty());
		}
	}

	/**
	 * That the buffers of the rest are given back is for {@code ReleasedBuffers} to see.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "text/plain" })
	void dropsTheRestOfAStreamWhenItsCallerStopsReadingAndHangsUp(String type) throws Exception {
		AtomicLong written = new AtomicLong();
		CountDownLatch isCut = new CountDownLatch(1);
		try (Upstream upstream = new Upstream("a", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", type);
			exchange.sendResponseHeaders(200, 0);
			writeUntilCut(exchange.getResponseBody(), written);
			isCut.countDown();
		})) {
			known("stock", List.of(upstream.instance("v1")), "");
			AtomicLong before = new AtomicLong(-1);
			hangUpOn("/stock/events",
					() -> Awaitility.await()
						.during(Duration.ofMillis(500))
						.until(() -> before.getAndSet(written.get()) == written.get()));

			assertThat(isCut.await(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void hangsUpOnTheInstanceWhenItsCallerHangsUp() throws Exception {
		URI gateway = URI.create("http://" + base);
		try (ServerSocket instance = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
				Socket caller = new Socket(gateway.getHost(), gateway.getPort())) {
			instance.setSoTimeout(20_000);
			known("stock", List.of(Upstream.instance("a", instance.getLocalPort(), "v1")), "");
			caller.getOutputStream()
				.write("GET /stock/slow HTTP/1.1\r\nHost: gateway\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			try (Socket upstream = instance.accept()) {
				upstream.setSoTimeout(20_000);
				assertThat(upstream.getInputStream().read()).isEqualTo('G');
				long start = System.nanoTime();
				caller.close();

				assertThat(hasEnded(upstream)).isTrue();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
			}
		}
	}

	private static boolean hasEnded(Socket socket) throws IOException {
		try {
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (SocketException ex) {
			return true;
		}
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
			.get(30, TimeUnit.SECONDS);
		socket.sendText(text, true);
		try {
			return answer.get(30, TimeUnit.SECONDS);
		}
		finally {
			socket.abort();
		}
	}

	private static void writeUntilCut(OutputStream stream, AtomicLong written) {
		byte[] piece = new byte[64 * 1024];
		try {
			for (;;) {
				stream.write(piece);
				written.addAndGet(piece.length);
			}
		}
		catch (IOException ex) {
			// Nobody reads any more.
		}
	}

	private static void hangUpOn(String path, Runnable beforeThat) throws Exception {
		URI gatewayUri = URI.create("http://" + base);
		try (Socket socket = new Socket(gatewayUri.getHost(), gatewayUri.getPort())) {
			socket.setSoLinger(true, 0);
			socket.getOutputStream()
				.write(("GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n").getBytes(StandardCharsets.UTF_8));
			assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
			beforeThat.run();
		}
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

}
