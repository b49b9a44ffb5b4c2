package io.meshup.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.meshup.traffic.TrafficEngine;
import org.HdrHistogram.Histogram;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * One call of a {@link RestClient}, side by side: without the mesh, through the mesh, and
 * through an nginx between caller and callee. The three take turns in one process, so
 * that a noisy machine is noisy for all.
 */
public final class CallComparison {

	private static final int ROUNDS = 60;

	private static final int CALLS_PER_TURN = 1_000;

	private static final int WARM_UP_ROUNDS = 15;

	private final RestClient client;

	private final Map<String, String> contestants = new LinkedHashMap<>();

	private final Map<String, Histogram> nanos = new LinkedHashMap<>();

	private CallComparison(RestClient client) {
		this.client = client;
	}

	public static void main(String[] args) {
		try (Backend backend = Backend.start(); ConfigurableApplicationContext context = application(backend.port())) {
			CallComparison comparison = new CallComparison(context.getBean(RestClient.Builder.class).build());
			comparison.enter("plain RestClient", "http://127.0.0.1:" + backend.port() + "/items/42");
			comparison.enter("through the mesh", "http://inventory/items/42");
			Optional<Nginx> nginx = Nginx.before(backend.port());
			nginx.ifPresent(
					(proxy) -> comparison.enter("through nginx", "http://127.0.0.1:" + proxy.port() + "/items/42"));
			comparison.run();
			comparison.print();
			nginx.ifPresent(Nginx::close);
		}
	}

	private static ConfigurableApplicationContext application(int backend) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.application.name=benchmark", "mesh.registry.urls=http://127.0.0.1:9",
					"logging.level.root=WARN", "spring.main.banner-mode=off",
					"mesh.cache-dir=" + System.getProperty("java.io.tmpdir") + "/mesh-benchmarks-cache")
			.run();
		context.getBean(TrafficEngine.class).services().apply(SampleMesh.single(backend));
		return context;
	}

	private void enter(String name, String uri) {
		this.contestants.put(name, uri);
	}

	private void run() {
		for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
			if (round == 0) {
				this.contestants.keySet().forEach((name) -> this.nanos.put(name, new Histogram(3)));
			}
			this.contestants.forEach(this::turn);
		}
	}

	private void turn(String name, String uri) {
		Histogram histogram = this.nanos.computeIfAbsent(name, (any) -> new Histogram(3));
		for (int i = 0; i < CALLS_PER_TURN; i++) {
			long start = System.nanoTime();
			String body = this.client.get().uri(uri).retrieve().body(String.class);
			histogram.recordValue(System.nanoTime() - start);
			if (body == null || !body.contains("inStock")) {
				throw new IllegalStateException(name + " answered '" + body + "'");
			}
		}
	}

	private void print() {
		Histogram plain = this.nanos.values().iterator().next();
		System.out.printf("%n%d calls each, one at a time; times in microseconds%n", ROUNDS * CALLS_PER_TURN);
		System.out.printf("%-18s %8s %8s %8s %10s %12s %12s%n", "", "mean", "p50", "p99", "mean ratio", "added p50",
				"added p99");
		this.nanos.forEach((name, histogram) -> System.out.printf("%-18s %8.1f %8.1f %8.1f %10.2f %12.1f %12.1f%n",
				name, histogram.getMean() / 1e3, at(histogram, 50), at(histogram, 99),
				histogram.getMean() / plain.getMean(), at(histogram, 50) - at(plain, 50),
				at(histogram, 99) - at(plain, 99)));
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
