package io.meshup.demo.storefront;

import java.util.List;
import java.util.Objects;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The catalog, over HTTP.
 */
@Component
final class Catalog {

	private static final ParameterizedTypeReference<List<Offer>> OFFERS = new ParameterizedTypeReference<>() {
	};

	private final RestClient client;

	Catalog(RestClient.Builder builder, StorefrontProperties properties) {
		this.client = builder.baseUrl(properties.catalogUrl()).build();
	}

	List<Offer> offers() {
		return Objects.requireNonNull(this.client.get().uri("/articles").retrieve().body(OFFERS));
	}

	Offer offer(String article) {
		return Objects
			.requireNonNull(this.client.get().uri("/articles/{article}", article).retrieve().body(Offer.class));
	}

}
