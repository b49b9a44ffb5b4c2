package io.meshup.spring.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.Interest;
import io.meshup.traffic.table.ServiceTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.cloud.client.ServiceInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeshDiscoveryClient}: a thread that must not block asks for a service
 * that is not watched.
 */
class MeshDiscoveryClientTests {

	private final List<String> wanted = new CopyOnWriteArrayList<>();

	private final ServiceTable table = ServiceTable.builder().build();

	private final TrafficEngine engine = TrafficEngine.builder("orders")
		.clock(() -> 0L) // nobody's patience ever ends
		.table(this.table)
		.interest(new Named())
		.build();

	private final MeshDiscoveryClient client = new MeshDiscoveryClient(new InstanceChoice(this.table,
			new StaticListableBeanFactory(Map.of("engine", this.engine)).getBeanProvider(TrafficEngine.class)));

	private final Scheduler eventLoop = Schedulers.newParallel("event-loop", 1);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(MeshDiscoveryClient.class);

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.setLevel(Level.WARN);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void close() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
		this.eventLoop.dispose();
	}

	@Test
	void givesWhatWasLastSeenToAThreadThatMustNotBlock() {
		assertThat(onEventLoop("catalog")).extracting(ServiceInstance::getPort).containsExactly(9001);

		assertThat(this.wanted).containsExactly("catalog");
		assertThat(warnings()).isEmpty();
	}

	@Test
	void saysOnceThatAThreadThatMustNotBlockGotNothing() {
		assertThat(onEventLoop("pricing")).isEmpty();
		assertThat(onEventLoop("pricing")).isEmpty();

		assertThat(this.wanted).containsExactly("pricing");
		assertThat(warnings()).singleElement()
			.asString()
			.contains("asked for 'pricing'", "event-loop", "ReactiveDiscoveryClient");
	}

	private List<String> warnings() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(Level.WARN))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private List<ServiceInstance> onEventLoop(String service) {
		return Mono.fromCallable(() -> this.client.getInstances(service))
			.subscribeOn(this.eventLoop)
			.block(Duration.ofSeconds(30));
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
			return service.equals("catalog") || service.equals("pricing");
		}

		@Override
		public void want(String service) {
			MeshDiscoveryClientTests.this.wanted.add(service);
		}

		@Override
		public void lend(String service) {
			if (service.equals("catalog")) {
				Instance instance = new Instance("i1", "127.0.0.1", 9001, "http", "v1", "default", null, 100,
						InstanceStatus.UP, Map.of());
				MeshDiscoveryClientTests.this.table
					.apply(new ServiceSnapshot("reg-a", service, 7, false, List.of(), List.of(instance), List.of()));
			}
		}

	}

}
