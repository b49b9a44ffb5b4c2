package io.meshup.gateway;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application adds to the gateway by Spring Cloud Gateway's own means, and
 * answers that break off.
 */
@Roundabout
class GatewayOwnFiltersTests extends RunningGateway {

	@Test
	void sendsAnApplicationsOwnRouteThroughTheGatewaysOwnFilters() throws Exception {
		HttpResponse<String> response = send(request("/own/route"));

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("own /own/route");
		assertThat(response.headers().firstValue("x-after")).hasValue("200");
	}

	@Test
	void letsAnApplicationsOwnFilterChangeAnswersOfTheMesh() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");

			HttpResponse<String> response = send(request("/stock/items"));

			assertThat(response.body()).isEqualTo("a got 0");
			assertThat(response.headers().firstValue("x-after")).hasValue("200");
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

}
