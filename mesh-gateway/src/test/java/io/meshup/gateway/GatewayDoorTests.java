package io.meshup.gateway;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.meshup.gateway.fixture.OwnWebFilter;
import io.meshup.gateway.fixture.RunningGateway;
import io.meshup.gateway.fixture.Settings;
import io.meshup.gateway.fixture.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rate limits at the gateway's own door: those of the service by its own name. And what
 * an application's own web filters see there.
 */
@Settings("own-web-filter=true")
class GatewayDoorTests extends RunningGateway {

	@AfterEach
	void open() {
		known("gateway", List.of(), "");
	}

	@Test
	void tellsWebFiltersWhereARequestWentAndWhatAnswered() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");
			OwnWebFilter filter = bean(OwnWebFilter.class);
			filter.passed.clear();

			assertThat(send(request("/stock/items?a=1")).statusCode()).isEqualTo(200);

			Map<String, Object> passed = Objects.requireNonNull(filter.passed.poll(30, TimeUnit.SECONDS));
			assertThat(passed).as("on the straight way")
				.doesNotContainKey(ServerWebExchangeUtils.GATEWAY_HANDLER_MAPPER_ATTR);
			assertThat(passed.get(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR))
				.isEqualTo(URI.create("http://" + upstream.instance("v1").authority() + "/items?a=1"));
			assertThat(passed.get(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR)).isInstanceOfSatisfying(
					HttpClientResponse.class, (response) -> assertThat(response.status().code()).isEqualTo(200));
			assertThat(passed).containsKey(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		}
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
