package io.meshup.demo.orders;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The counter where orders are taken and looked up.
 */
@RestController
final class OrderController {

	private static final int LATEST = 20;

	private final OrderDesk desk;

	private final OrderBook book;

	OrderController(OrderDesk desk, OrderBook book) {
		this.desk = desk;
		this.book = book;
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	Order place(@RequestBody OrderRequest request) {
		return this.desk.place(request);
	}

	@GetMapping("/orders")
	List<Order> latest() {
		return this.book.latest(LATEST);
	}

	@GetMapping("/orders/{id}")
	Order order(@PathVariable String id) {
		return this.book.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no order '" + id + "' among the last " + OrderBook.MAX_ORDERS));
	}

}
