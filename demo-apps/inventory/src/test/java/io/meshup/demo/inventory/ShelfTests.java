package io.meshup.demo.inventory;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShelfTests {

	private final Shelf shelf = new Shelf(Map.of("teapot", 3));

	@Test
	void aReservationTakesGoodsOffTheShelf() {
		assertThat(this.shelf.reserve("o1", new Goods("teapot", 2))).isTrue();

		assertThat(this.shelf.levels()).containsExactly(new StockLevel("teapot", 1));
	}

	@Test
	void theSameReservationTwiceTakesGoodsOnce() {
		this.shelf.reserve("o1", new Goods("teapot", 2));

		assertThat(this.shelf.reserve("o1", new Goods("teapot", 2))).isTrue();

		assertThat(this.shelf.level("teapot")).contains(new StockLevel("teapot", 1));
	}

	@Test
	void refusesMoreThanThereIs() {
		assertThat(this.shelf.reserve("o1", new Goods("teapot", 4))).isFalse();
		assertThat(this.shelf.reserve("o2", new Goods("anvil", 1))).isFalse();

		assertThat(this.shelf.level("teapot")).contains(new StockLevel("teapot", 3));
	}

	@Test
	void aReleasePutsGoodsBackOnce() {
		this.shelf.reserve("o1", new Goods("teapot", 2));

		this.shelf.release("o1");
		this.shelf.release("o1");

		assertThat(this.shelf.level("teapot")).contains(new StockLevel("teapot", 3));
	}

	@Test
	void aDeliveryFillsTheShelfAndALateReleaseDoesNotOverfillIt() {
		this.shelf.reserve("o1", new Goods("teapot", 2));

		this.shelf.deliver();
		this.shelf.release("o1");

		assertThat(this.shelf.level("teapot")).contains(new StockLevel("teapot", 3));
	}

	@Test
	void forgetsTheOldestReservationsFirst() {
		Shelf large = new Shelf(Map.of("spoon", 10_000));
		for (int i = 0; i <= Shelf.MAX_RESERVATIONS; i++) {
			large.reserve("o" + i, new Goods("spoon", 1));
		}

		large.release("o0");
		assertThat(large.level("spoon")).contains(new StockLevel("spoon", 10_000 - Shelf.MAX_RESERVATIONS - 1));

		large.release("o1");
		assertThat(large.level("spoon")).contains(new StockLevel("spoon", 10_000 - Shelf.MAX_RESERVATIONS));
	}

}
