package io.meshup.spring.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.Interest;
import io.meshup.traffic.table.ServiceTable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeshDiscoveryClient}.
 */
class MeshDiscoveryClientTests {

	private final List<String> wanted = new CopyOnWriteArrayList<>();

	@Test
	void asksButDoesNotWaitOnAThreadThatMustNotBlock() {
		ServiceTable table = ServiceTable.builder().build();
		TrafficEngine engine = TrafficEngine.builder("orders")
			.clock(() -> 0L) // nobody's patience ever ends
			.table(table)
			.interest(new Named())
			.build();
		MeshDiscoveryClient client = new MeshDiscoveryClient(new InstanceChoice(table,
				new StaticListableBeanFactory(Map.of("engine", engine)).getBeanProvider(TrafficEngine.class)));
		Scheduler eventLoop = Schedulers.newParallel("event-loop", 1);
		try {
			assertThat(Mono.fromCallable(() -> client.getInstances("catalog"))
				.subscribeOn(eventLoop)
				.block(Duration.ofSeconds(30))).isEmpty();
		}
		finally {
			eventLoop.dispose();
		}
		assertThat(this.wanted).containsExactly("catalog");
	}

	private final class Named implements Interest {

		@Override
		public boolean isSelective() {
			return true;
		}

		@Override
		public boolean hasNames() {
			return true;
		}

		@Override
		public boolean exists(String service) {
			return service.equals("catalog");
		}

		@Override
		public void want(String service) {
			MeshDiscoveryClientTests.this.wanted.add(service);
		}

	}

}
