package io.meshup.demo.orders;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * The last orders, newest first, in memory. Thread-safe.
 */
@Component
final class OrderBook {

	static final int MAX_ORDERS = 500;

	private final Deque<Order> orders = new ArrayDeque<>();

	synchronized void add(Order order) {
		this.orders.addFirst(order);
		if (this.orders.size() > MAX_ORDERS) {
			this.orders.removeLast();
		}
	}

	synchronized List<Order> latest(int limit) {
		return this.orders.stream().limit(limit).toList();
	}

	synchronized Optional<Order> find(String id) {
		return this.orders.stream().filter((order) -> order.id().equals(id)).findFirst();
	}

}
