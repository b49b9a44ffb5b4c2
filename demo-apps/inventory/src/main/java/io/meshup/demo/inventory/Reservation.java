package io.meshup.demo.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Goods set aside for an order.
 *
 * @param id the order's id
 * @param article the article's id
 * @param quantity how many
 * @param version the version that answered
 * @param arrival when the goods arrive, from version 2 on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reservation(String id, String article, int quantity, String version, @Nullable String arrival) {

}
