package io.meshup.spring.blocking.call;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.event.TrafficListener;
import io.meshup.traffic.table.ServiceTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link BlockingCall}.
 */
class BlockingCallTests {

	private final AtomicReference<CallResult> ended = new AtomicReference<>();

	private final TrafficEngine engine = TrafficEngine.builder("storefront")
		.table(ServiceTable.builder()
			.fixed("inventory",
					List.of(new Instance("i1", "127.0.0.1", 9, "http", "v1", "default", null, 100, InstanceStatus.UP,
							Map.of())))
			.build())
		.listener(new TrafficListener() {
			@Override
			public void onCall(CallResult result) {
				BlockingCallTests.this.ended.set(result);
			}
		})
		.build();

	@Test
	void releasesTheCallWhenAnUndeclaredExceptionIsThrown() throws Exception {
		TextExchange exchange = new TextExchange(
				() -> BlockingCallTests.<RuntimeException>undeclared(new Exception("undeclared")));

		try (DeadlineTimer timer = new DeadlineTimer(); MirrorPool mirrors = new MirrorPool(timer)) {
			OutboundCall call = this.engine.open("inventory", exchange);
			assertThatThrownBy(() -> new BlockingCall<>(call, exchange, timer, mirrors).perform())
				.hasMessage("undeclared");
		}

		assertThat(this.ended.get().outcome()).isEqualTo("cancelled");
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <E extends Exception> String undeclared(Exception ex) throws E {
		throw (E) ex;
	}

}
