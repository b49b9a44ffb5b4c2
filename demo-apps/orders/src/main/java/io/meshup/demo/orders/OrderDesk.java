package io.meshup.demo.orders;

import java.time.Instant;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClientException;

/**
 * Takes an order: sets the goods aside, charges, writes it down. What cannot be charged
 * is put back.
 */
@Service
final class OrderDesk {

	private static final Logger logger = LoggerFactory.getLogger(OrderDesk.class);

	private final Inventory inventory;

	private final Payments payments;

	private final OrderBook book;

	OrderDesk(Inventory inventory, Payments payments, OrderBook book) {
		this.inventory = inventory;
		this.payments = payments;
		this.book = book;
	}

	Order place(OrderRequest request) {
		String id = UUID.randomUUID().toString();
		Inventory.Reservation reservation = this.inventory.reserve(id,
				new Inventory.Goods(request.article(), request.quantity()));
		charge(id, request.totalCents());
		Order order = new Order(id, request.article(), request.quantity(), request.totalCents(), reservation.version(),
				reservation.arrival(), Instant.now());
		this.book.add(order);
		return order;
	}

	private void charge(String id, long cents) {
		try {
			this.payments.charge(id, new Payments.Charge(cents));
		}
		catch (RestClientException ex) {
			release(id);
			throw ex;
		}
	}

	private void release(String id) {
		try {
			this.inventory.release(id);
		}
		catch (RestClientException ex) {
			logger.debug("The goods of order '{}' stay set aside until the next delivery: {}", id, ex.getMessage());
		}
	}

}
