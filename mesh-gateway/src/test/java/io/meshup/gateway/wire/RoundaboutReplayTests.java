package io.meshup.gateway.wire;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.meshup.gateway.fixture.OwnWebFilter;
import io.meshup.gateway.fixture.Settings;
import io.meshup.gateway.fixture.Upstream;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same through all of Spring Cloud Gateway, where the straight way is switched off.
 */
@Settings({ "mesh.gateway.straight-way=false", "own-web-filter=true" })
class RoundaboutReplayTests extends GatewayReplayTests {

	@Test
	void goesRoundWhenTheStraightWayIsSwitchedOff() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");
			OwnWebFilter filter = bean(OwnWebFilter.class);
			filter.passed.clear();

			assertThat(send(request("/stock/items")).statusCode()).isEqualTo(200);

			Map<String, Object> passed = filter.passed.poll(30, TimeUnit.SECONDS);
			assertThat(passed).containsKey(ServerWebExchangeUtils.GATEWAY_HANDLER_MAPPER_ATTR);
		}
	}

}
