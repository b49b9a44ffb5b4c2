package io.meshup.demo.inventory;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Tells what is in stock.
 */
@RestController
final class StockController {

	private final Shelf shelf;

	private final InventoryProperties properties;

	StockController(Shelf shelf, InventoryProperties properties) {
		this.shelf = shelf;
		this.properties = properties;
	}

	@GetMapping("/stock")
	Stock stock() {
		return Stock.of(this.properties, this.shelf.levels());
	}

	@GetMapping("/stock/{article}")
	Stock stock(@PathVariable String article) {
		StockLevel level = this.shelf.level(article)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no article '" + article + "'. GET /stock lists all."));
		return Stock.of(this.properties, List.of(level));
	}

}
