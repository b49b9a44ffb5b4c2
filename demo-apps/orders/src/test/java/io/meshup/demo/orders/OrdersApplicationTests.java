package io.meshup.demo.orders;

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
class OrdersApplicationTests {

	private static final Downstream inventory = new Downstream();

	private static final Downstream payments = new Downstream();

	private final RestTestClient client;

	OrdersApplicationTests(@Autowired RestTestClient client) {
		this.client = client;
	}

	@DynamicPropertySource
	static void urls(DynamicPropertyRegistry properties) {
		properties.add("spring.http.serviceclient.inventory.base-url", inventory::url);
		properties.add("spring.http.serviceclient.payments.base-url", payments::url);
	}

	@AfterAll
	static void close() {
		inventory.close();
		payments.close();
	}

	@BeforeEach
	void everybodyAgrees() {
		inventory.answers(200, """
				{"version": "v2", "arrival": "tomorrow"}""");
		payments.answers(200, "{}");
	}

	@Test
	void anOrderIsReservedChargedAndRemembered() {
		place("""
				{"article": "teapot", "quantity": 2, "unitCents": 3900}""").expectStatus()
			.isCreated()
			.expectBody()
			.json("""
					{"article": "teapot", "quantity": 2, "totalCents": 7800, "inventoryVersion": "v2", "arrival": "tomorrow"}""");

		assertThat(inventory.requests())
			.containsExactly("PUT /reservations/ID {\"article\":\"teapot\",\"quantity\":2}");
		assertThat(payments.requests()).containsExactly("PUT /charges/ID {\"cents\":7800}");
		this.client.get().uri("/orders").exchange().expectBody().jsonPath("$[0].article").isEqualTo("teapot");
	}

	@Test
	void whatCannotBeChargedIsPutBack() {
		payments.answers(503, "");

		place("""
				{"article": "teapot", "quantity": 1, "unitCents": 3900}""").expectStatus().isEqualTo(503);

		assertThat(inventory.requests()).hasSize(2).last().isEqualTo("DELETE /reservations/ID ");
	}

	@Test
	void aRefusalOfTheInventoryReachesTheCustomer() {
		inventory.answers(409, """
				{"status": 409, "detail": "There are fewer than 3 of 'golden-spoon' left"}""");

		place("""
				{"article": "golden-spoon", "quantity": 3, "unitCents": 99900}""").expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There are fewer than 3 of 'golden-spoon' left");
		assertThat(payments.requests()).isEmpty();
	}

	@Test
	void refusesBadOrdersBeforeAnybodyIsAsked() {
		place("""
				{"article": "teapot", "quantity": 11, "unitCents": 1}""").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("'quantity' must be between 1 and 10 but was 11");
		place("{}").expectStatus().isBadRequest();
		place("no json").expectStatus().isBadRequest();

		assertThat(inventory.requests()).isEmpty();
	}

	@Test
	void tellsWhenAnOrderIsUnknown() {
		this.client.get().uri("/orders/none").exchange().expectStatus().isNotFound();
	}

	private RestTestClient.ResponseSpec place(String body) {
		return this.client.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

}
