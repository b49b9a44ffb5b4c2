package io.meshup.demo.storefront;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calls behind the page. The price of an order is the catalog's, never the browser's.
 */
@RestController
@RequestMapping("/api")
final class ShopController {

	private final Catalog catalog;

	private final Orders orders;

	ShopController(Catalog catalog, Orders orders) {
		this.catalog = catalog;
		this.orders = orders;
	}

	@GetMapping("/articles")
	List<Offer> articles() {
		return this.catalog.offers();
	}

	@GetMapping("/articles/{article}")
	Offer article(@PathVariable String article) {
		return this.catalog.offer(article);
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	Order order(@RequestBody Basket basket) {
		return this.orders.place(this.catalog.offer(basket.article()), basket.quantity());
	}

}
