package io.meshup.gateway.direct;

import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

class StraightWayTests {

	private final StraightWay way = new StraightWay(
			Route.async().id("mesh").uri("mesh://service").predicate((exchange) -> true).build(), Set.of("actuator"));

	@Test
	void leavesPathsOfOtherHandlersToThem() {
		assertThat(this.way.isFor(MockServerHttpRequest.get("/actuator/health").build())).isFalse();
		assertThat(this.way.isFor(MockServerHttpRequest.get("/stock/actuator").build())).isTrue();
	}

	@Test
	void readsPathsAsHandlersDoWhereTheApplicationHasABasePath() {
		assertThat(this.way.isFor(request("/edge/actuator/health"))).isFalse();
		assertThat(this.way.isFor(request("/edge/actuator"))).isFalse();
		assertThat(this.way.isFor(request("/edge/stock/items"))).isTrue();
	}

	private static MockServerHttpRequest request(String path) {
		return MockServerHttpRequest.get(path).contextPath("/edge").build();
	}

}
