package io.meshup.gateway.exchange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.server.RequestPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServicePath}.
 */
class ServicePathTests {

	@ParameterizedTest
	@CsvSource({ "/inventory/items/1,inventory,/items/1", "/inventory,inventory,/", "/inventory/,inventory,/",
			"/inventory/a%20b/,inventory,/a%20b/" })
	void takesTheFirstSegmentOff(String path, String service, String rest) {
		assertThat(of(path, "")).isEqualTo(new ServicePath("", service, rest));
	}

	@Test
	void takesTheBasePathOffFirst() {
		ServicePath path = of("/edge/inventory/items/1", "/edge");

		assertThat(path).isEqualTo(new ServicePath("/edge", "inventory", "/items/1"));
		assertThat(path.prefix()).isEqualTo("/edge/inventory");
	}

	@ParameterizedTest
	@CsvSource({ "/", "''" })
	void hasNoServiceWhenThePathIsEmpty(String path) {
		assertThat(of(path, "").service()).isEmpty();
	}

	private static ServicePath of(String path, String base) {
		return ServicePath.of(RequestPath.parse(path, base));
	}

}
