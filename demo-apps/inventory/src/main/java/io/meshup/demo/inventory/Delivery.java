package io.meshup.demo.inventory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The lorry that comes by and fills the shelf.
 */
@Component
final class Delivery {

	private final Shelf shelf;

	Delivery(Shelf shelf) {
		this.shelf = shelf;
	}

	@Scheduled(fixedDelayString = "${inventory.delivery-every}", initialDelayString = "${inventory.delivery-every}")
	void deliver() {
		this.shelf.deliver();
	}

}
