package io.meshup.demo.inventory;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Sets goods aside for orders. The caller names the reservation, so that a call can be
 * repeated.
 */
@RestController
final class ReservationController {

	private static final int MAX_QUANTITY = 10;

	private final Shelf shelf;

	private final InventoryProperties properties;

	ReservationController(Shelf shelf, InventoryProperties properties) {
		this.shelf = shelf;
		this.properties = properties;
	}

	@PutMapping("/reservations/{id}")
	Reservation reserve(@PathVariable String id, @RequestBody Goods goods) {
		if (goods.quantity() < 1 || goods.quantity() > MAX_QUANTITY) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'quantity' must be between 1 and " + MAX_QUANTITY + " but was " + goods.quantity());
		}
		if (this.shelf.level(goods.article()).isEmpty()) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no article '" + goods.article() + "'. GET /stock lists all.");
		}
		if (!this.shelf.reserve(id, goods)) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"There are fewer than " + goods.quantity() + " of '" + goods.article() + "' left");
		}
		return new Reservation(id, goods.article(), goods.quantity(), this.properties.version(),
				this.properties.arrival());
	}

	@DeleteMapping("/reservations/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void release(@PathVariable String id) {
		this.shelf.release(id);
	}

}
