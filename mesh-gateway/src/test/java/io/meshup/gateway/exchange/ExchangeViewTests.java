package io.meshup.gateway.exchange;

import io.meshup.traffic.request.CallContext;
import org.junit.jupiter.api.Test;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExchangeView}.
 */
class ExchangeViewTests {

	@Test
	void readsAQueryParameterAsOtherClientsDo() {
		MockServerHttpRequest request = MockServerHttpRequest.get("/stock/items?debug&a=&b=1&b=2").build();
		ExchangeView view = new ExchangeView(request, "/items", CallContext.NONE,
				new GatewayBody(request.getHeaders()));

		assertThat(view.queryParam("debug")).isEmpty();
		assertThat(view.queryParam("a")).isEmpty();
		assertThat(view.queryParam("b")).isEqualTo("1");
		assertThat(view.queryParam("c")).isNull();
	}

}
