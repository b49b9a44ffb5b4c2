package io.meshup.gateway;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gateway answers by itself comes first, also where a service has its name.
 */
class GatewayOwnHandlersTests extends RunningGateway {

	@Test
	void answersForItsOwnHealth() throws Exception {
		assertThat(send(request("/actuator/health")).statusCode()).isEqualTo(200);
	}

	@Test
	void asksItsOwnHandlersFirst() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("shop", List.of(upstream.instance("v1")), "");

			assertThat(send(request("/shop/")).body()).isEqualTo("a got 0");
			assertThat(send(request("/actuator")).body()).contains("_links");
			assertThat(upstream.seen).hasSize(1);
		}
	}

}
