package io.meshup.demo.orders;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An order that was taken and paid.
 *
 * @param id its name
 * @param article the article's id
 * @param quantity how many
 * @param totalCents what it cost
 * @param inventoryVersion the version of the inventory that set the goods aside
 * @param arrival when they arrive, where it is known
 * @param placedAt when it was taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(String id, String article, int quantity, long totalCents, String inventoryVersion,
		@Nullable String arrival, Instant placedAt) {

}
