package io.meshup.demo.catalog;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Tells what can be bought.
 */
@RestController
final class ArticleController {

	private final List<Article> articles;

	private final Inventory inventory;

	ArticleController(CatalogProperties properties, Inventory inventory) {
		this.articles = properties.articles();
		this.inventory = inventory;
	}

	@GetMapping("/articles")
	Mono<List<Offer>> articles() {
		return this.inventory.stock()
			.map((stock) -> this.articles.stream().map((article) -> Offer.of(article, stock)).toList());
	}

	@GetMapping("/articles/{id}")
	Mono<Offer> article(@PathVariable String id) {
		Article article = this.articles.stream()
			.filter((candidate) -> candidate.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no article '" + id + "'. GET /articles lists all."));
		return this.inventory.stockOf(article.id()).map((stock) -> Offer.of(article, stock));
	}

}
