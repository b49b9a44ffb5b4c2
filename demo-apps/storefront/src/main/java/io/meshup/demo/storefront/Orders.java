package io.meshup.demo.storefront;

import java.util.Objects;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The order desk, over HTTP.
 */
@Component
final class Orders {

	private final RestClient client;

	Orders(RestClient.Builder builder, StorefrontProperties properties) {
		this.client = builder.baseUrl(properties.ordersUrl()).build();
	}

	Order place(Offer offer, int quantity) {
		return Objects.requireNonNull(this.client.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Request(offer.id(), quantity, offer.priceCents()))
			.retrieve()
			.body(Order.class));
	}

	private record Request(String article, int quantity, long unitCents) {

	}

}
