package io.meshup.benchmarks.call;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.meshup.benchmarks.decision.SampleMesh;
import io.meshup.benchmarks.server.Backend;
import io.meshup.benchmarks.server.JavaServer;
import io.meshup.benchmarks.server.NativeProxy;
import io.meshup.traffic.TrafficEngine;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * One call of a {@link RestClient}, side by side: without the mesh, through the mesh,
 * with Spring Cloud LoadBalancer and Resilience4j, and through an nginx between caller
 * and callee. They take turns in one process, so that a noisy machine is noisy for all.
 */
public final class CallComparison {

	private static final int ROUNDS = Integer.getInteger("rounds", 60);

	private static final String SERVICE_URI = "http://inventory/items/42";

	private static final int CALLS_PER_TURN = 1_000;

	private static final int WARM_UP_ROUNDS = 15;

	private final Map<String, Supplier<@Nullable String>> contestants = new LinkedHashMap<>();

	private final Map<String, Histogram> nanos = new LinkedHashMap<>();

	private CallComparison() {
	}

	public static void main(String[] args) {
		try (JavaServer backend = Backend.start();
				ConfigurableApplicationContext context = application(backend.port());
				SpringCloudPeer peer = new SpringCloudPeer(backend.port())) {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			CallComparison comparison = new CallComparison();
			String direct = "http://127.0.0.1:" + backend.port() + "/items/42";
			comparison.enter("plain", () -> call(client, direct));
			comparison.enter("through the mesh", () -> call(client, SERVICE_URI));
			comparison.enter("LoadBalancer + Resilience4j", () -> peer.call(SERVICE_URI));
			Optional<NativeProxy> nginx = NativeProxy.nginx(backend.port(), 1);
			nginx.ifPresent((proxy) -> comparison.enter("through nginx",
					() -> call(client, "http://127.0.0.1:" + proxy.port() + "/items/42")));
			comparison.run();
			comparison.print();
			nginx.ifPresent(NativeProxy::close);
		}
	}

	private static @Nullable String call(RestClient client, String uri) {
		return client.get().uri(uri).retrieve().body(String.class);
	}

	private static ConfigurableApplicationContext application(int backend) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.application.name=benchmark", "mesh.registry.urls=http://127.0.0.1:9",
					"logging.level.root=WARN", "spring.main.banner-mode=off",
					"spring.cloud.gateway.server.webflux.enabled=false",
					"mesh.cache-dir=" + System.getProperty("java.io.tmpdir") + "/mesh-benchmarks-cache")
			.run();
		context.getBean(TrafficEngine.class).services().apply(SampleMesh.canary(backend));
		return context;
	}

	private void enter(String name, Supplier<@Nullable String> call) {
		this.contestants.put(name, call);
	}

	private void run() {
		for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
			if (round == 0) {
				this.contestants.keySet().forEach((name) -> this.nanos.put(name, new Histogram(3)));
			}
			this.contestants.forEach(this::turn);
		}
	}

	private void turn(String name, Supplier<@Nullable String> call) {
		Histogram histogram = this.nanos.computeIfAbsent(name, (any) -> new Histogram(3));
		for (int i = 0; i < CALLS_PER_TURN; i++) {
			long start = System.nanoTime();
			String body = call.get();
			histogram.recordValue(System.nanoTime() - start);
			if (body == null || !body.contains("inStock")) {
				throw new IllegalStateException(name + " answered '" + body + "'");
			}
		}
	}

	private void print() {
		Histogram plain = this.nanos.values().iterator().next();
		System.out.printf("%n%d calls each, one at a time; times in microseconds%n", ROUNDS * CALLS_PER_TURN);
		System.out.printf("%n| | mean | p50 | p99 | mean to plain | added mean | added p50 | added p99 |%n"
				+ "|---|---|---|---|---|---|---|---|%n");
		this.nanos.forEach((name, own) -> System.out.printf("| %s | %.1f | %.1f | %.1f | %.2f | %.1f | %.1f | %.1f |%n",
				name, own.getMean() / 1e3, at(own, 50), at(own, 99), own.getMean() / plain.getMean(),
				(own.getMean() - plain.getMean()) / 1e3, at(own, 50) - at(plain, 50), at(own, 99) - at(plain, 99)));
	}

	private static double at(Histogram histogram, double percentile) {
		return histogram.getValueAtPercentile(percentile) / 1e3;
	}

	/**
	 * An application with the starter and nothing else.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
