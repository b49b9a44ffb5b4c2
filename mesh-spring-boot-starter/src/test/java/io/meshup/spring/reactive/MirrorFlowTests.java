package io.meshup.spring.reactive;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.route.filter.HeaderChanges;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MirrorFlow}.
 */
class MirrorFlowTests {

	private static final Step.Mirror MIRROR = new Step.Mirror("inventory",
			new Instance("i1", "127.0.0.1", 9, "http", "v2", "default", null, 100, InstanceStatus.UP, Map.of()),
			new RequestChanges("", HeaderChanges.NONE, Map.of()));

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger cancelled = new AtomicInteger();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final MirrorFlow flow = new MirrorFlow(this.time);

	// T95
	@Test
	void dropsWhatComesBeyondAThousandAndLetsSilentOnesGo() {
		WebClientExchange silent = exchange((request) -> Mono.never());
		send(silent, 1_500);

		assertThat(this.begun).hasValue(1_000);

		this.time.advanceTimeBy(Duration.ofSeconds(11));
		assertThat(this.cancelled).as("none is waited for longer than 10 s").hasValue(1_000);
		send(silent, 1_500);
		assertThat(this.begun).hasValue(2_000);
	}

	// T95
	@Test
	void makesRoomWhenAMirrorRefuses() {
		WebClientExchange dead = exchange((request) -> Mono.error(new IllegalStateException("refused")));

		send(dead, 3_000);

		assertThat(this.begun).hasValue(3_000);
	}

	private void send(WebClientExchange exchange, int times) {
		for (int i = 0; i < times; i++) {
			this.flow.send(exchange, List.of(MIRROR));
		}
	}

	private WebClientExchange exchange(ExchangeFunction next) {
		return new WebClientExchange(ClientRequest.create(HttpMethod.GET, URI.create("http://inventory/")).build(),
				(request) -> next.exchange(request)
					.doOnSubscribe((subscription) -> this.begun.incrementAndGet())
					.doOnCancel(this.cancelled::incrementAndGet),
				CallContext.NONE);
	}

}
