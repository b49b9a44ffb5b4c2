package io.meshup.demo.catalog;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class CatalogApplicationTests {

	private static final Downstream inventory = new Downstream();

	private final WebTestClient client;

	CatalogApplicationTests(@Autowired WebTestClient client) {
		this.client = client;
	}

	@DynamicPropertySource
	static void urls(DynamicPropertyRegistry properties) {
		properties.add("catalog.inventory-url", inventory::url);
	}

	@AfterAll
	static void close() {
		inventory.close();
	}

	@Test
	void everyArticleCarriesTheStockAndWhoToldIt() {
		inventory.answers(200, """
				{"version": "v2", "warehouse": "Rotterdam", "arrival": "tomorrow",
				 "levels": [{"article": "teapot", "available": 7}]}""");

		this.client.get()
			.uri("/articles")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(8)
			.jsonPath("$[?(@.id == 'teapot')].stock.available")
			.isEqualTo(7)
			.jsonPath("$[?(@.id == 'teapot')].stock.arrival")
			.isEqualTo("tomorrow")
			.jsonPath("$[?(@.id == 'kettle')].stock")
			.isEmpty();
		assertThat(inventory.requests()).containsExactly("GET /stock ");
	}

	@Test
	void version1AnswersWithoutWarehouse() {
		inventory.answers(200, """
				{"version": "v1", "levels": [{"article": "teapot", "available": 7}]}""");

		this.client.get().uri("/articles/teapot").exchange().expectBody().json("""
				{"id": "teapot", "name": "Teapot", "priceCents": 3900, "stock": {"available": 7, "version": "v1"}}""");
		assertThat(inventory.requests()).containsExactly("GET /stock/teapot ");
	}

	@Test
	void aSilentInventoryTakesOnlyTheStockAway() {
		inventory.answers(503, "");

		this.client.get()
			.uri("/articles/teapot")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.stock")
			.doesNotExist();
	}

	@Test
	void anUnknownArticleIsNotFoundAndAsksNobody() {
		inventory.answers(200, "{}");

		this.client.get().uri("/articles/anvil").exchange().expectStatus().isNotFound();

		assertThat(inventory.requests()).isEmpty();
	}

}
