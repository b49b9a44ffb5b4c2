package io.meshup.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rate limits at the gateway's own door: those of the service by its own name.
 */
class GatewayDoorTests extends RunningGateway {

	@AfterEach
	void open() {
		known("gateway", List.of(), "");
	}

	@Test
	void refusesBeforeAnythingIsForwardedAndKeepsTheConnection() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");
			limit("one", "{'requests':1,'period':'1h','match':{'path':{'value':'/stock/items'}}}");

			assertThat(send(request("/stock/items/1")).statusCode()).isEqualTo(200);
			for (int size : new int[] { 0, 10, 30_000 }) {
				HttpResponse<String> refused = send(
						request("/stock/items/1").POST(HttpRequest.BodyPublishers.ofString("x".repeat(size))));
				assertThat(refused.statusCode()).isEqualTo(429);
				assertThat(refused.headers().firstValue("x-mesh-reason")).hasValue("rate-limited");
				assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isPositive();
				assertThat(refused.body()).contains("RateLimit/one");
			}
			assertThat(send(request("/stock/other")).statusCode()).isEqualTo(200);
			assertThat(upstream.seen).hasSize(2);
		}
	}

	@Test
	void goesByTheRealAddressAndNotByWhatTheOutsideClaims() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");
			limit("address", "{'requests':2,'period':'1h','per':'ip'},{'requests':2,'period':'1h','per':'source'}");

			assertThat(statusOfClaim("1")).isEqualTo(200);
			assertThat(statusOfClaim("2")).isEqualTo(200);
			assertThat(statusOfClaim("3")).isEqualTo(429);
			assertThat(send(request("/actuator/health")).statusCode()).isEqualTo(200);
		}
	}

	private int statusOfClaim(String claim) throws Exception {
		return send(
				request("/stock/").header("X-Forwarded-For", "10.0.0." + claim).header("x-mesh-source", "s" + claim))
			.statusCode();
	}

	private static void limit(String name, String limits) {
		known("gateway", List.of(), ("{'apiVersion':'meshup.io/v1','kind':'RateLimit','metadata':{'name':'" + name
				+ "'},'spec':{'service':'gateway','limits':[" + limits + "]}}")
			.replace('\'', '"'));
	}

}
