package io.meshup.gateway.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.meshup.gateway.fixture.PatientWaits;
import io.meshup.gateway.fixture.RunningGateway;
import io.meshup.gateway.fixture.Settings;
import io.meshup.gateway.fixture.Upstream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What passes the gateway byte by byte: expectations, chunks, trailers, and what is
 * written of it in the server's access log. The gateway has a base path.
 */
@Settings({ "access-log=true", "spring.webflux.base-path=/edge" })
class GatewayWireTests extends RunningGateway {

	@Test
	void letsACallerSendItsBodyThatWaitsToBeAskedForIt() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200); Wire caller = new Wire()) {
			known("stock", List.of(upstream.instance("v1")), "");

			caller.send("POST /edge/stock/items HTTP/1.1", "Expect: 100-continue", "Content-Length: 5");
			assertThat(caller.head()).isEqualTo("HTTP/1.1 100 Continue");
			caller.write("hello");

			assertThat(caller.head()).startsWith("HTTP/1.1 200 OK");
			assertThat(caller.read(7)).isEqualTo("a got 5");
			assertThat(upstream.seen).hasSize(1);
		}
	}

	@Test
	void letsACallerSendItsChunksThatWaitsToBeAskedForThem() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200); Wire caller = new Wire()) {
			known("stock", List.of(upstream.instance("v1"), Upstream.refusing("gone")), "");

			for (int i = 0; i < 4; i++) {
				caller.send("PUT /edge/stock/items HTTP/1.1", "Expect: 100-continue", "Transfer-Encoding: chunked");
				assertThat(caller.head()).isEqualTo("HTTP/1.1 100 Continue");
				caller.write("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
				assertThat(caller.head()).startsWith("HTTP/1.1 200 OK");
				assertThat(caller.read(8)).isEqualTo("a got 11");
			}
			assertThat(upstream.seen).hasSize(4).allSatisfy((seen) -> {
				assertThat(seen.headers().get("Transfer-Encoding")).containsExactly("chunked");
				assertThat(seen.headers().containsKey("Content-Length")).isFalse();
			});
		}
	}

	@Test
	void refusesBeforeABodyIsAskedFor() throws Exception {
		try (Wire caller = new Wire()) {
			caller.send("POST /edge/shop/items HTTP/1.1", "Expect: 100-continue", "Content-Length: 1000000");

			assertThat(caller.head()).startsWith("HTTP/1.1 503").contains("x-mesh-reason: no-instance");
		}
	}

	@Test
	void passesTrailersOn() throws Exception {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.header("Trailer", "x-checksum")
				.header("x-te", String.valueOf(request.requestHeaders().get("TE")))
				.trailerHeaders((trailers) -> trailers.set("x-checksum", "77"))
				.sendString(Flux.just("one ", "two")))
			.bindNow();
		try (Wire caller = new Wire()) {
			known("stock", List.of(Upstream.instance("t", server.port(), "v1")), "");

			caller.send("GET /edge/stock/items HTTP/1.1", "TE: trailers");

			assertThat(caller.head()).startsWith("HTTP/1.1 200 OK")
				.containsIgnoringCase("\r\ntrailer: x-checksum")
				.contains("x-te: trailers");
			assertThat(caller.readTo("\r\n\r\n")).contains("two").endsWith("\r\n0\r\nx-checksum: 77\r\n\r\n");
		}
		server.disposeNow();
	}

	@Test
	void takesItsBasePathOff() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")),
					"""
							{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},"spec":{"service":"stock",
							 "rules":[{"matches":[{"path":{"type":"Exact","value":"/old"}}],
							   "filters":[{"requestRedirect":{"path":{"type":"ReplaceFullPath","replaceFullPath":"/new"}}}]},{}]}}""");

			assertThat(send(request("/edge/stock/items?page=1")).statusCode()).isEqualTo(200);
			HttpResponse<String> moved = send(request("/edge/stock/old"));

			assertThat(upstream.seen).singleElement().satisfies((seen) -> {
				assertThat(seen.uri()).isEqualTo("/items?page=1");
				assertThat(seen.headers().getFirst("X-Forwarded-Prefix")).isEqualTo("/edge/stock");
			});
			assertThat(moved.headers().firstValue("location")).hasValue("/edge/stock/new");
			assertThat(send(request("/edge/stock/actuator")).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void leavesATraceInTheServersAccessLog() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 201)) {
			known("stock", List.of(upstream.instance("v1")), "");
			AccessLogConfiguration log = bean(AccessLogConfiguration.class);
			log.entries.clear();

			HttpResponse<String> response = send(request("/edge/stock/items?page=1").header("user-agent", "me"));
			send(request("/edge/shop/items"));

			assertThat(response.statusCode()).isEqualTo(201);
			assertThat(log.entries.poll(30, TimeUnit.SECONDS)).isEqualTo("GET /edge/stock/items?page=1 me 201 7");
			assertThat(log.entries.poll(30, TimeUnit.SECONDS)).startsWith("GET /edge/shop/items ").contains(" 503 ");
		}
	}

	/**
	 * A caller that writes and reads each byte by itself.
	 */
	private static final class Wire implements AutoCloseable {

		private final Socket socket;

		private final InputStream input;

		Wire() throws IOException {
			URI gateway = URI.create("http://" + base);
			this.socket = new Socket(gateway.getHost(), gateway.getPort());
			this.socket.setSoTimeout((int) PatientWaits.LIMIT.toMillis());
			this.input = this.socket.getInputStream();
		}

		void send(String request, String... headers) throws IOException {
			write(request + "\r\nHost: gateway\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
		}

		void write(String text) throws IOException {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		}

		String head() throws IOException {
			return readTo("\r\n\r\n").strip();
		}

		String readTo(String end) throws IOException {
			StringBuilder text = new StringBuilder();
			while (text.indexOf(end) < 0) {
				text.append(read(1));
			}
			return text.toString();
		}

		String read(int length) throws IOException {
			byte[] bytes = this.input.readNBytes(length);
			assertThat(bytes).as("nothing more came").hasSize(length);
			return new String(bytes, StandardCharsets.US_ASCII);
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
