package io.meshup.spring.observe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.event.AttemptResult;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.step.FailureKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MeshObserveAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class, MeshObserveAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("spring.application.name=orders", "mesh.registry.urls=http://127.0.0.1:1",
				"mesh.cache-dir=target/cache");

	@Test
	void timesCallsAndAttempts() {
		this.runner.run((context) -> {
			MeshMetrics metrics = context.getBean(MeshMetrics.class);

			metrics.onAttempt(new AttemptResult("inventory", "v1", "i1", 1, -1, FailureKind.CONNECT, 1_000));
			metrics.onAttempt(new AttemptResult("inventory", "v2", "i2", 2, 200, null, 2_000));
			metrics.onCall(new CallResult("inventory", "v2", "delivered", 200, 2, 5_000_000));

			MeterRegistry meters = context.getBean(MeterRegistry.class);
			Timer calls = meters.get("mesh.client.calls")
				.tags("service", "inventory", "version", "v2", "outcome", "delivered", "status", "2xx")
				.timer();
			assertThat(calls.count()).isEqualTo(1);
			assertThat(calls.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
			assertThat(meters.get("mesh.client.attempts").tags("outcome", "connect", "status", "none").timer().count())
				.isEqualTo(1);
			assertThat(meters.get("mesh.client.attempts").tags("outcome", "answered", "status", "2xx").timer().count())
				.isEqualTo(1);
		});
	}

	@Test
	void countsWhatIsRefusedAtTheDoor() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		MeshMetrics metrics = new MeshMetrics();
		metrics.bindTo(meters);

		metrics.onRefused("rate-limited");
		metrics.onRefused("rate-limited");

		assertThat(meters.get("mesh.server.rejected").tags("reason", "rate-limited").counter().count()).isEqualTo(2);
	}

	@Test
	void showsTheConnectionToTheRegistry() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);

			assertThat(meters.get("mesh.registry.connected").gauge().value()).isZero();
			assertThat(meters.get("mesh.registry.applied").gauge().value()).isZero();
		});
	}

	@Test
	void boundsTheNumberOfTimers() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		CallMeters bounded = new CallMeters(meters);

		for (int i = 0; i < CallMeters.MAX_TIMERS + 500; i++) {
			bounded.record(new CallResult("service-" + i, "v1", "delivered", 200, 1, 1_000));
		}

		assertThat(meters.find("mesh.client.calls").timers()).hasSize(CallMeters.MAX_TIMERS + 1);
		assertThat(meters.get("mesh.client.calls").tags("service", "(other)").timer().count()).isEqualTo(500);
	}

	@Test
	void makesRoomForWhatIsNewOnceWhatIsOldIsNoMore() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		AtomicLong now = new AtomicLong();
		CallMeters bounded = new CallMeters(meters, now::get);
		for (int i = 0; i < CallMeters.MAX_TIMERS; i++) {
			bounded.record(new CallResult("inventory", "build-" + i, "delivered", 200, 1, 1_000));
		}

		now.addAndGet(CallMeters.IDLE.toNanos());
		bounded.record(new CallResult("inventory", "build-7", "delivered", 200, 1, 1_000));
		bounded.record(new CallResult("inventory", "newest", "delivered", 200, 1, 1_000));

		assertThat(meters.get("mesh.client.calls").tags("version", "newest").timer().count()).isEqualTo(1);
		assertThat(meters.get("mesh.client.calls").tags("version", "build-7").timer().count()).isEqualTo(2);
		assertThat(meters.find("mesh.client.calls").timers()).hasSize(2);
	}

	@Test
	void doesWithoutMicrometer() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class, MeshObserveAutoConfiguration.class))
			.withPropertyValues("spring.application.name=orders", "mesh.registry.urls=http://127.0.0.1:1",
					"mesh.cache-dir=target/cache")
			.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasSingleBean(TrafficEngine.class).doesNotHaveBean("meshMetrics"));
	}

}
