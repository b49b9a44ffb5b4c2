package io.meshup.demo.payments;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class PaymentsApplicationTests {

	private final RestTestClient client;

	PaymentsApplicationTests(@Autowired RestTestClient client) {
		this.client = client;
	}

	@Test
	void chargesWhenThereIsNoTroubleAndRefusesWhenThereIs() {
		trouble("""
				{"failureShare": 0, "slowShare": 0}""").expectStatus().isOk().expectBody().json("""
				{"failureShare": 0, "slowShare": 0, "slowDelay": "PT0.4S"}""");
		charge("""
				{"cents": 1250}""").expectStatus().isOk().expectBody().json("""
				{"order": "o1", "cents": 1250}""");

		trouble("""
				{"failureShare": 1}""").expectStatus().isOk();
		charge("""
				{"cents": 1250}""").expectStatus().isEqualTo(503).expectBody().jsonPath("$.detail").exists();
	}

	@Test
	void refusesBadInput() {
		charge("""
				{"cents": 0}""").expectStatus().isBadRequest();
		trouble("""
				{"failureShare": 2}""").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("'failureShare' must be between 0 and 1 but was 2.0");
	}

	private RestTestClient.ResponseSpec charge(String body) {
		return this.client.put().uri("/charges/o1").contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	private RestTestClient.ResponseSpec trouble(String body) {
		return this.client.patch().uri("/trouble").contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

}
