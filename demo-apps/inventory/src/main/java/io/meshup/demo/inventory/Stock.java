package io.meshup.demo.inventory;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is in stock, and who says so.
 *
 * @param version the version that answered
 * @param warehouse where the goods are, from version 2 on
 * @param arrival when an order arrives, from version 2 on
 * @param levels one per article
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Stock(String version, @Nullable String warehouse, @Nullable String arrival, List<StockLevel> levels) {

	static Stock of(InventoryProperties properties, List<StockLevel> levels) {
		return new Stock(properties.version(), properties.warehouse(), properties.arrival(), levels);
	}

}
