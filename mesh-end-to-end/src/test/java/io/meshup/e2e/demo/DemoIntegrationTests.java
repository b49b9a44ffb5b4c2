package io.meshup.e2e.demo;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.meshup.e2e.machine.Http;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The README's first command: the shop starts, its traffic is on the map, and all of it
 * ends.
 */
class DemoIntegrationTests {

	private static final Pattern TOTAL = Pattern.compile("(?m)^total\\s+(\\d+) MB");

	private static final Pattern PID = Pattern.compile("(?m)^[a-z][a-z0-9-]+\\s+\\S+\\s+(\\d+)\\s");

	private final DemoScript demo = new DemoScript();

	private final Http http = new Http();

	@AfterEach
	void stop() {
		this.demo.run("stop");
	}

	@Test
	void bringsTrafficOntoTheMapAndEndsWhatItStarted() {
		long begun = System.nanoTime();
		String said = this.demo.run();
		Map<String, String> environment = this.demo.environment();
		Awaitility.await("the whole shop on the map")
			.until(() -> destinations(environment).containsAll(
					List.of("storefront", "catalog", "orders", "inventory v1", "inventory v2", "payments", "gateway")));
		System.out.printf("the whole shop on the map %d s after ./demo.sh%n",
				(System.nanoTime() - begun) / 1_000_000_000);
		String status = this.demo.run("status");

		assertThat(said).contains(environment.get("MESH_PASSWORD"), "Three things to try").doesNotContain("Building");
		assertThat(TOTAL.matcher(status).results().mapToInt((total) -> Integer.parseInt(total.group(1))).sum())
			.isBetween(1, 3_000);
		assertThat(PID.matcher(status).results()).hasSize(10);

		this.demo.run("stop");

		assertThat(PID.matcher(this.demo.run("status")).results()).isEmpty();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> destinations(environment));
	}

	private List<String> destinations(Map<String, String> environment) {
		String credentials = environment.get("MESH_USER") + ":" + environment.get("MESH_PASSWORD");
		String authorization = "Basic "
				+ Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
		String topology = this.http
			.send("GET", URI.create(environment.get("MESH_REGISTRY") + "/api/v1/topology?window=60s"), "",
					List.of("Authorization", authorization))
			.body();
		return Http.json(topology).path("edges").valueStream().map(DemoIntegrationTests::destination).toList();
	}

	private static String destination(JsonNode edge) {
		String service = edge.at("/destination/service").asString();
		return service.equals("inventory") ? service + " " + edge.at("/destination/version").asString() : service;
	}

}
