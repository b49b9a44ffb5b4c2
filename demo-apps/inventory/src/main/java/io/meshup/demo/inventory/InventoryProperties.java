package io.meshup.demo.inventory;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code inventory}.
 *
 * @param version what answers carry, so that a reader sees who answered
 * @param warehouse where the goods are; only version 2 knows
 * @param arrival when an order arrives; only version 2 knows
 * @param shelf how many of each article there are after a delivery
 */
@ConfigurationProperties("inventory")
record InventoryProperties(String version, @Nullable String warehouse, @Nullable String arrival,
		Map<String, Integer> shelf) {

}
