package io.meshup.demo.orders;

import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * What orders need of the inventory.
 */
@HttpExchange("/reservations")
interface Inventory {

	@PutExchange("/{order}")
	Reservation reserve(@PathVariable String order, @RequestBody Goods goods);

	@DeleteExchange("/{order}")
	void release(@PathVariable String order);

	/**
	 * So many of one article.
	 *
	 * @param article the article's id
	 * @param quantity how many
	 */
	record Goods(String article, int quantity) {

	}

	/**
	 * Goods set aside.
	 *
	 * @param version the version of the inventory that did it
	 * @param arrival when they arrive, where it is known
	 */
	record Reservation(String version, @Nullable String arrival) {

	}

}
