package io.meshup.demo.orders;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderBookTests {

	private final OrderBook book = new OrderBook();

	@Test
	void theNewestOrderComesFirst() {
		this.book.add(order("o1"));
		this.book.add(order("o2"));

		assertThat(this.book.latest(10)).extracting(Order::id).containsExactly("o2", "o1");
		assertThat(this.book.latest(1)).extracting(Order::id).containsExactly("o2");
	}

	@Test
	void forgetsTheOldestOrderWhenItIsFull() {
		for (int i = 0; i <= OrderBook.MAX_ORDERS; i++) {
			this.book.add(order("o" + i));
		}

		assertThat(this.book.find("o0")).isEmpty();
		assertThat(this.book.find("o1")).isPresent();
	}

	private static Order order(String id) {
		return new Order(id, "teapot", 1, 3900, "v1", null, Instant.EPOCH);
	}

}
