package io.meshup.demo.inventory;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@ActiveProfiles("v2")
class InventoryApplicationTests {

	private final RestTestClient client;

	InventoryApplicationTests(@Autowired RestTestClient client) {
		this.client = client;
	}

	@Test
	void version2TellsWarehouseAndArrival() {
		this.client.get()
			.uri("/stock/teapot")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"version": "v2", "warehouse": "Rotterdam", "arrival": "tomorrow", "levels": [{"article": "teapot"}]}""");
	}

	@Test
	void listsTheWholeShelf() {
		this.client.get().uri("/stock").exchange().expectBody().jsonPath("$.levels.length()").isEqualTo(8);
	}

	@Test
	void reservesAndReleases() {
		reserve("o1", "kettle", 2).expectStatus().isOk().expectBody().json("""
				{"id": "o1", "article": "kettle", "quantity": 2, "version": "v2", "arrival": "tomorrow"}""");
		available("kettle", 13);

		this.client.delete().uri("/reservations/o1").exchange().expectStatus().isNoContent();
		available("kettle", 15);
	}

	@Test
	void refusesWhatItDoesNotHaveAndSaysWhy() {
		reserve("o2", "golden-spoon", 3).expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There are fewer than 3 of 'golden-spoon' left");
		reserve("o3", "anvil", 1).expectStatus().isNotFound();
		reserve("o4", "kettle", 0).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("'quantity' must be between 1 and 10 but was 0");
		this.client.get().uri("/stock/anvil").exchange().expectStatus().isNotFound();
	}

	private RestTestClient.ResponseSpec reserve(String id, String article, int quantity) {
		return this.client.put()
			.uri("/reservations/{id}", id)
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Goods(article, quantity))
			.exchange();
	}

	private void available(String article, int expected) {
		this.client.get()
			.uri("/stock/{article}", article)
			.exchange()
			.expectBody()
			.jsonPath("$.levels[0].available")
			.isEqualTo(expected);
	}

}
