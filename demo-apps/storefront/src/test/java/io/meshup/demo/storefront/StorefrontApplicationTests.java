package io.meshup.demo.storefront;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class StorefrontApplicationTests {

	private static final Downstream catalog = new Downstream();

	private static final Downstream orders = new Downstream();

	private final RestTestClient client;

	StorefrontApplicationTests(@Autowired RestTestClient client) {
		this.client = client;
	}

	@DynamicPropertySource
	static void urls(DynamicPropertyRegistry properties) {
		properties.add("storefront.catalog-url", catalog::url);
		properties.add("storefront.orders-url", orders::url);
	}

	@AfterAll
	static void close() {
		catalog.close();
		orders.close();
	}

	@BeforeEach
	void everybodyAnswers() {
		catalog.answers(200, """
				{"id": "teapot", "name": "Teapot", "priceCents": 3900}""");
		orders.answers(201, """
				{"id": "o1", "article": "teapot", "quantity": 2, "totalCents": 7800, "inventoryVersion": "v1"}""");
	}

	@Test
	void thePageFindsItsPartsBehindAPrefix() {
		assertThat(page(null)).contains("<base href=\"/\">").contains("Kettle &amp; Cup");
		assertThat(page("/storefront")).contains("<base href=\"/storefront/\">");
		assertThat(page("/a\"><script>")).doesNotContain("<script>\"").doesNotContain("\"><script>/");
	}

	@Test
	void servesThePartsOfThePage() {
		for (String part : new String[] { "/shop.css", "/shop.js", "/icon.svg", "/pictures.svg" }) {
			this.client.get().uri(part).exchange().expectStatus().isOk();
		}
	}

	@Test
	void showsWhatTheCatalogOffers() {
		catalog.answers(200, """
				[{"id": "teapot", "name": "Teapot", "priceCents": 3900,
				  "stock": {"available": 7, "version": "v2", "warehouse": "Rotterdam", "arrival": "tomorrow"}}]""");

		this.client.get().uri("/api/articles").exchange().expectStatus().isOk().expectBody().json("""
				[{"id": "teapot", "stock": {"available": 7, "version": "v2", "arrival": "tomorrow"}}]""");
	}

	@Test
	void anOrderCostsWhatTheCatalogSays() {
		order("""
				{"article": "teapot", "quantity": 2, "priceCents": 1}""").expectStatus().isCreated();

		assertThat(orders.requests())
			.containsExactly("POST /orders {\"article\":\"teapot\",\"quantity\":2,\"unitCents\":3900}");
	}

	@Test
	void tellsTheCustomerWhatWentWrong() {
		orders.answers(409, """
				{"status": 409, "detail": "There are fewer than 2 of 'teapot' left"}""");
		order("""
				{"article": "teapot", "quantity": 2}""").expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There are fewer than 2 of 'teapot' left");

		orders.answers(500, "");
		order("""
				{"article": "teapot", "quantity": 2}""").expectStatus().isEqualTo(503);

		order("no json").expectStatus().isBadRequest();
	}

	private String page(String prefix) {
		String body = this.client.get().uri("/").headers((headers) -> {
			if (prefix != null) {
				headers.add("X-Forwarded-Prefix", prefix);
			}
		}).exchange().expectBody(String.class).returnResult().getResponseBody();
		return (body != null) ? body : "";
	}

	private RestTestClient.ResponseSpec order(String body) {
		return this.client.post().uri("/api/orders").contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

}
