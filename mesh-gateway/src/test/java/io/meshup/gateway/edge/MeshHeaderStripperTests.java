package io.meshup.gateway.edge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.meshup.gateway.MeshGatewayProperties;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.explain.ExplainMode;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeshHeaderStripper}.
 */
class MeshHeaderStripperTests {

	private static final MockServerHttpRequest REQUEST = MockServerHttpRequest.get("/stock/")
		.header("X-Mesh-Lane", "blue")
		.header("x-mesh-explain", "1")
		.header("x-mesh-source", "forged")
		.header("x-mesh-timeout", "1")
		.header("x-mesh-sticky", "header:x-user=0123456789abcdef")
		.header("baggage", "a=b, mesh.lane=blue;ttl=1", "c=mesh.lane")
		.header("x-user", "ann")
		.build();

	@Test
	void takesAllOfTheMeshsHeadersOff() {
		HttpHeaders kept = kept(false);

		assertThat(kept.headerNames()).containsExactlyInAnyOrder("baggage", "x-user");
		assertThat(kept.get("baggage")).containsExactly("a=b,c=mesh.lane");
	}

	@Test
	void letsALaneInWhereThatIsAllowed() {
		HttpHeaders kept = kept(true);

		assertThat(kept.headerNames()).containsExactlyInAnyOrder("X-Mesh-Lane", "baggage", "x-user");
		assertThat(kept.get("baggage")).containsExactly("a=b, mesh.lane=blue;ttl=1", "c=mesh.lane");
	}

	@Test
	void letsTheQuestionInWhereCallsAreExplained() {
		assertThat(kept(false, ExplainMode.LOCAL).headerNames()).containsExactlyInAnyOrder("x-mesh-explain", "baggage",
				"x-user");
	}

	private static HttpHeaders kept(boolean lanes) {
		return kept(lanes, ExplainMode.NEVER);
	}

	private static HttpHeaders kept(boolean lanes, ExplainMode explained) {
		MeshHeaderStripper stripper = new MeshHeaderStripper(
				new MeshGatewayProperties(List.of("*"), new MeshGatewayProperties.Lanes(lanes), true),
				TrafficEngine.builder("gateway").explained(explained).build());
		AtomicReference<HttpHeaders> seen = new AtomicReference<>(new HttpHeaders());
		stripper.filter(MockServerWebExchange.from(REQUEST), (exchange) -> {
			seen.set(exchange.getRequest().getHeaders());
			return Mono.empty();
		}).block(Duration.ofSeconds(5));
		return seen.get();
	}

}
