package io.meshup.demo.inventory;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class InventoryVersion1Tests {

	@Test
	void version1KnowsNeitherWarehouseNorArrival() {
		InventoryProperties properties = new InventoryProperties("v1", null, null, Map.of());

		String json = JsonMapper.builder().build().writeValueAsString(Stock.of(properties, List.of()));

		assertThat(json).isEqualTo("{\"version\":\"v1\",\"levels\":[]}");
	}

}
