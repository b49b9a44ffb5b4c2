package io.meshup.demo.orders;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * What orders need of payments.
 */
@HttpExchange("/charges")
interface Payments {

	@PutExchange("/{order}")
	void charge(@PathVariable String order, @RequestBody Charge charge);

	/**
	 * Money that an order costs.
	 *
	 * @param cents the amount
	 */
	record Charge(long cents) {

	}

}
