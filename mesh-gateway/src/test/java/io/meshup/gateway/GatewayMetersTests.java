package io.meshup.gateway;

import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Cloud Gateway and Spring measure of a request: the same on both ways.
 */
class GatewayMetersTests extends RunningGateway {

	@Test
	void countsARequestAsSpringCloudGatewayDoes() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 201)) {
			known("stock", List.of(upstream.instance("v1")), "");

			send(request("/stock/items"));
		}
		MeterRegistry meters = bean(MeterRegistry.class);
		assertThat(tags(meters, "spring.cloud.gateway.requests")).isEqualTo(
				"httpMethod=GET,httpStatusCode=201,outcome=SUCCESSFUL,routeId=mesh,routeUri=mesh://service,status=CREATED");
		assertThat(tags(meters, "http.client.requests")).isEqualTo("error=none,http.method=GET,http.status_code=201,"
				+ "spring.cloud.gateway.route.id=mesh,spring.cloud.gateway.route.uri=mesh://service");
		assertThat(tags(meters, "http.server.requests")).contains("method=GET").contains("status=201");
		assertThat(tags(meters, "mesh.client.calls")).contains("service=stock");
	}

	@Test
	void endsTheObservationOfAnAttemptThatFails() throws Exception {
		known("stock", List.of(Upstream.refusing("gone")), "");

		assertThat(send(request("/stock/items")).statusCode()).isEqualTo(502);

		assertThat(bean(MeterRegistry.class).get("http.client.requests.active").longTaskTimer().activeTasks()).isZero();
	}

	private static String tags(MeterRegistry meters, String name) {
		return meters.find(name)
			.timers()
			.stream()
			.filter((timer) -> timer.getId().getTags().stream().anyMatch((tag) -> tag.getValue().equals("201"))
					|| name.startsWith("mesh"))
			.map(Timer::getId)
			.map(Meter.Id::getTags)
			.map((all) -> all.stream().map(GatewayMetersTests::text).collect(Collectors.joining(",")))
			.collect(Collectors.joining(" and "));
	}

	private static String text(Tag tag) {
		return tag.getKey() + "=" + tag.getValue();
	}

}
