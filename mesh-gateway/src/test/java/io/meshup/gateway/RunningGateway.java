package io.meshup.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.model.Instance;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.TrafficEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A gateway on a port that the system picks, with a table that a test fills.
 */
abstract class RunningGateway {

	private static final AtomicLong revision = new AtomicLong();

	private static ConfigurableApplicationContext gateway;

	static TrafficEngine engine;

	static String base;

	final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@BeforeAll
	static void start(TestInfo test) {
		Class<?> type = test.getTestClass().orElseThrow();
		Settings settings = type.getAnnotation(Settings.class);
		gateway = new SpringApplicationBuilder(GatewayApplication.class)
			.properties((settings != null) ? settings.value() : new String[0])
			.run("--server.port=0", "--mesh.registry.urls=http://127.0.0.1:9",
					"--mesh.gateway.services=shop,stock,chat,gateway", "--mesh.explain.allowed=local",
					"--own-additions=" + type.isAnnotationPresent(Roundabout.class), "--mesh.cache-dir="
							+ System.getProperty("java.io.tmpdir") + "/mesh-gateway-tests-" + System.nanoTime());
		engine = gateway.getBean(TrafficEngine.class);
		base = "127.0.0.1:" + gateway.getEnvironment().getProperty("local.server.port");
		known("shop", List.of(), "");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	static <T> T bean(Class<T> type) {
		return gateway.getBean(type);
	}

	static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://" + base + path)).timeout(PatientWaits.LIMIT);
	}

	HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	static void known(String service, List<Instance> instances, String rule) {
		engine.services()
			.apply(new ServiceSnapshot("tests", service, revision.incrementAndGet(), false, List.of(), instances,
					rule.isEmpty() ? List.of() : List.of(MeshJson.readTree(rule.getBytes(StandardCharsets.UTF_8)))));
	}

	static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
