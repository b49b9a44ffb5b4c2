package io.meshup.demo.catalog;

import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;

/**
 * Asks the inventory. A catalog without stock is better than none, so that an inventory
 * which does not answer is an empty answer.
 */
@Component
final class Inventory {

	private static final Logger logger = LoggerFactory.getLogger(Inventory.class);

	private final WebClient client;

	Inventory(WebClient.Builder builder, CatalogProperties properties) {
		this.client = builder.baseUrl(properties.inventoryUrl()).build();
	}

	Mono<Optional<Stock>> stock() {
		return stock("/stock");
	}

	Mono<Optional<Stock>> stockOf(String article) {
		return stock("/stock/" + article);
	}

	private Mono<Optional<Stock>> stock(String path) {
		return this.client.get()
			.uri(path)
			.retrieve()
			.bodyToMono(Stock.class)
			.map(Optional::of)
			.onErrorResume(WebClientException.class, (ex) -> {
				logger.debug("The inventory does not tell the stock: {}", ex.getMessage());
				return Mono.just(Optional.empty());
			});
	}

}
