package io.meshup.e2e.demo;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.meshup.e2e.machine.Http;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo in containers comes up healthy with one command, and its traffic is in the
 * topology.
 */
@ExtendWith(ComposeProject.Resolver.class)
@Order(ComposeProject.LAST)
class ComposeIntegrationTests {

	private static final Http http = new Http();

	private static ComposeProject project;

	@BeforeAll
	static void start(ComposeProject compose) {
		compose.awaitUp();
		project = compose;
	}

	@Test
	void trafficOfTheWholeShopIsInTheTopology() {
		URI topology = project.uri("registry", 8761, "/api/v1/topology?window=60s");
		String password = project.password();

		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofSeconds(1))
			.untilAsserted(() -> assertThat(edges(read(topology, password))).contains("shopper storefront/v1",
					"gateway storefront/v1", "storefront catalog/v1", "storefront orders/v1", "catalog inventory/v1",
					"catalog inventory/v2", "orders payments/v1"));
	}

	@Test
	void thePageIsServedThroughTheGateway() {
		String page = http.get(project.uri("gateway", 8080, "/storefront/"));

		assertThat(page).contains("<base href=\"/storefront/\">");
	}

	@Test
	void theRegistryNeedsThePassword() {
		URI topology = project.uri("registry", 8761, "/api/v1/topology?window=60s");

		assertThat(http.send("GET", topology, "", List.of()).statusCode()).isEqualTo(401);
	}

	private static Set<String> edges(JsonNode topology) {
		Set<String> edges = new TreeSet<>();
		topology.path("edges").forEach((edge) -> {
			if (edge.path("rate").asDouble() > 0) {
				JsonNode to = edge.path("destination");
				edges.add(edge.path("source").path("service").asString() + " " + to.path("service").asString() + "/"
						+ to.path("version").asString());
			}
		});
		return edges;
	}

	private static JsonNode read(URI topology, String password) {
		String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
		HttpResponse<String> response = http.send("GET", topology, "",
				List.of("Authorization", "Basic " + credentials));
		assertThat(response.statusCode()).isEqualTo(200);
		return Http.json(response.body());
	}

}
