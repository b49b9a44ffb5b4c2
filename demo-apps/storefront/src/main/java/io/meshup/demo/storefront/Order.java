package io.meshup.demo.storefront;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An order that was taken.
 *
 * @param id its name
 * @param article the article's id
 * @param quantity how many
 * @param totalCents what it cost
 * @param inventoryVersion the version of the inventory that set the goods aside
 * @param arrival when they arrive, where it is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(String id, String article, int quantity, long totalCents, String inventoryVersion,
		@Nullable String arrival) {

}
