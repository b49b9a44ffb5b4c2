package io.meshup.demo.storefront;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An article of the catalog.
 *
 * @param id its name in URLs
 * @param name its name for people
 * @param priceCents what one costs
 * @param stock what is there; none while nobody knows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Offer(String id, String name, long priceCents, @Nullable Stock stock) {

	/**
	 * How many are there, and who says so.
	 *
	 * @param available how many can be ordered
	 * @param version the version of the inventory that answered
	 * @param warehouse where the goods are, from version 2 on
	 * @param arrival when an order arrives, from version 2 on
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Stock(int available, String version, @Nullable String warehouse, @Nullable String arrival) {

	}

}
