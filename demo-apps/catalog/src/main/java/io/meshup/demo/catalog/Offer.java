package io.meshup.demo.catalog;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An article as customers see it.
 *
 * @param id its name in URLs
 * @param name its name for people
 * @param priceCents what one costs
 * @param stock what is there; none while the inventory does not answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Offer(String id, String name, long priceCents, @Nullable Availability stock) {

	static Offer of(Article article, Optional<Stock> stock) {
		return new Offer(article.id(), article.name(), article.priceCents(),
				stock.flatMap((answer) -> availability(article, answer)).orElse(null));
	}

	private static Optional<Availability> availability(Article article, Stock stock) {
		return stock.levels()
			.stream()
			.filter((level) -> level.article().equals(article.id()))
			.findFirst()
			.map((level) -> new Availability(level.available(), stock.version(), stock.warehouse(), stock.arrival()));
	}

	/**
	 * How many are there, and who says so.
	 *
	 * @param available how many can be ordered
	 * @param version the version of the inventory that answered
	 * @param warehouse where the goods are, from version 2 on
	 * @param arrival when an order arrives, from version 2 on
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Availability(int available, String version, @Nullable String warehouse, @Nullable String arrival) {

	}

}
