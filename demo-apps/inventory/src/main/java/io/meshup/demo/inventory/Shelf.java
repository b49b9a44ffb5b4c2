package io.meshup.demo.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The goods of this instance, in memory: a level per article and the last reservations.
 * Thread-safe.
 */
final class Shelf {

	static final int MAX_RESERVATIONS = 1_000;

	private final Map<String, Integer> capacity;

	private final Map<String, Integer> levels;

	private final Map<String, Goods> reservations = new LinkedHashMap<>();

	Shelf(Map<String, Integer> capacity) {
		this.capacity = new LinkedHashMap<>(capacity);
		this.levels = new LinkedHashMap<>(capacity);
	}

	synchronized List<StockLevel> levels() {
		return this.levels.entrySet()
			.stream()
			.map((level) -> new StockLevel(level.getKey(), level.getValue()))
			.toList();
	}

	synchronized Optional<StockLevel> level(String article) {
		return Optional.ofNullable(this.levels.get(article)).map((available) -> new StockLevel(article, available));
	}

	/**
	 * Sets goods aside. Doing it again under the same name changes nothing.
	 * @param reservation the reservation's name
	 * @param goods what to set aside
	 * @return whether there was enough
	 */
	synchronized boolean reserve(String reservation, Goods goods) {
		if (goods.equals(this.reservations.get(reservation))) {
			return true;
		}
		release(reservation);
		int available = this.levels.getOrDefault(goods.article(), 0);
		if (available < goods.quantity()) {
			return false;
		}
		this.levels.put(goods.article(), available - goods.quantity());
		this.reservations.put(reservation, goods);
		if (this.reservations.size() > MAX_RESERVATIONS) {
			this.reservations.remove(this.reservations.keySet().iterator().next());
		}
		return true;
	}

	synchronized void release(String reservation) {
		Goods goods = this.reservations.remove(reservation);
		if (goods != null) {
			this.levels.computeIfPresent(goods.article(),
					(article, level) -> Math.min(level + goods.quantity(), this.capacity.getOrDefault(article, 0)));
		}
	}

	synchronized void deliver() {
		this.levels.putAll(this.capacity);
	}

}
