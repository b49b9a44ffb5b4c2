package io.meshup.gateway.direct.attempt;

import java.util.Map;

import io.meshup.gateway.GatewayApplication;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayObservationConvention;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeNotesTests {

	@Test
	void leavesNothingWhereNobodyReadsIt() {
		try (ConfigurableApplicationContext gateway = new SpringApplicationBuilder(GatewayApplication.class).run(
				"--server.port=0", "--mesh.enabled=true", "--mesh.registry.urls=http://127.0.0.1:9", "--mesh.cache-dir="
						+ System.getProperty("java.io.tmpdir") + "/mesh-gateway-notes-" + System.nanoTime())) {
			assertThat(left(gateway.getBean(ExchangeNotes.class))).isNull();
		}
	}

	@Test
	void leavesTheAddressForAWebFilterOfAnApplication() {
		StaticListableBeanFactory beans = new StaticListableBeanFactory(
				Map.of("own", (WebFilter) (exchange, chain) -> chain.filter(exchange)));

		assertThat(left(new ExchangeNotes(beans.getBeanProvider(WebFilter.class),
				beans.getBeanProvider(ServerRequestObservationConvention.class),
				beans.getBeanProvider(GatewayObservationConvention.class))))
			.hasToString("http://127.0.0.1:8081/items");
	}

	private static @Nullable Object left(ExchangeNotes notes) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/stock/items"));
		notes.sending(exchange,
				new Instance("a", "127.0.0.1", 8081, "http", "v1", "default", null, 100, InstanceStatus.UP, Map.of()),
				"/items");
		return exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
	}

}
