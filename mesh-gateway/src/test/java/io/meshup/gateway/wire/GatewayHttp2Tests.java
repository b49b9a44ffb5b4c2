package io.meshup.gateway.wire;

import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;

import io.meshup.gateway.fixture.PatientWaits;
import io.meshup.gateway.fixture.RunningGateway;
import io.meshup.gateway.fixture.Settings;
import io.meshup.gateway.fixture.Upstream;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway that speaks HTTP/2, with callers in plain text and with instances over TLS,
 * and that has settings for the latter.
 */
@Settings({ "server.http2.enabled=true",
		"spring.cloud.gateway.server.webflux.httpclient.ssl.use-insecure-trust-manager=true" })
class GatewayHttp2Tests extends RunningGateway {

	@Test
	void answersCallersThatBeginWithHttp2() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");

			assertThat(send(request("/stock/items")).body()).isEqualTo("a got 0");
			String got = caller().get()
				.uri("/stock/items?page=1")
				.responseContent()
				.aggregate()
				.asString()
				.block(PatientWaits.LIMIT);
			HttpResponse<String> upgraded = java.net.http.HttpClient.newBuilder()
				.version(Version.HTTP_2)
				.build()
				.send(request("/stock/items").build(), HttpResponse.BodyHandlers.ofString());

			assertThat(got).isEqualTo("a got 0");
			assertThat(upgraded.version()).isEqualTo(Version.HTTP_2);
			assertThat(upgraded.body()).isEqualTo("a got 0");
			assertThat(upstream.seen).extracting(Upstream.Seen::uri)
				.containsExactly("/items", "/items?page=1", "/items");
		}
	}

	@Test
	void carriesACallAsGrpcMakesIt(@TempDir Path folder) throws Exception {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.protocol(HttpProtocol.H2)
			.secure((ssl) -> ssl.sslContext(Http2SslContextSpec.forServer(keys(folder))))
			.handle((request, response) -> response.header("content-type", "application/grpc")
				.header("trailer", "grpc-status")
				.trailerHeaders((trailers) -> trailers.set("grpc-status", "0"))
				.sendString(request.receive().asString().map((part) -> request.version() + " " + part)))
			.bindNow();
		known("stock", List.of(new Instance("i", "127.0.0.1", server.port(), "https", "v1", "default", null, 100,
				InstanceStatus.UP, Map.of())), "");

		HttpHeaders[] trailers = new HttpHeaders[1];
		String got = caller().headers((head) -> head.set("content-type", "application/grpc").set("te", "trailers"))
			.post()
			.uri("/stock/shop.Stock/Count")
			.send(Mono.just(Unpooled.copiedBuffer("frame", StandardCharsets.US_ASCII)))
			.responseSingle((head, body) -> body.asString()
				.flatMap((text) -> head.trailerHeaders()
					.doOnNext((came) -> trailers[0] = came)
					.thenReturn(head.status() + " " + text)))
			.block(PatientWaits.LIMIT);

		assertThat(got).isEqualTo("200 OK HTTP/2.0 frame");
		assertThat(trailers[0].get("grpc-status")).isEqualTo("0");
		server.disposeNow();
	}

	private static HttpClient caller() {
		URI gateway = URI.create("http://" + base);
		return HttpClient.create().protocol(HttpProtocol.H2C).host(gateway.getHost()).port(gateway.getPort());
	}

	private static KeyManagerFactory keys(Path folder) {
		try {
			File file = folder.resolve("keys.p12").toFile();
			Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair",
					"-alias", "s", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12", "-storepass",
					"secret", "-keystore", file.getPath())
				.inheritIO()
				.start();
			assertThat(keytool.waitFor()).isZero();
			KeyStore store = KeyStore.getInstance("PKCS12");
			try (InputStream input = new FileInputStream(file)) {
				store.load(input, "secret".toCharArray());
			}
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, "secret".toCharArray());
			return keys;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
