package io.meshup.gateway.exchange;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServicePath}.
 */
class ServicePathTests {

	@ParameterizedTest
	@CsvSource({ "/inventory/items/1,inventory,/items/1", "/inventory,inventory,/", "/inventory/,inventory,/",
			"/inventory/a%20b/,inventory,/a%20b/" })
	void takesTheFirstSegmentOff(String path, String service, String rest) {
		assertThat(ServicePath.of(path)).isEqualTo(new ServicePath(service, rest));
	}

	@ParameterizedTest
	@CsvSource({ "/", "''" })
	void hasNoServiceWhenThePathIsEmpty(String path) {
		assertThat(ServicePath.of(path).service()).isEmpty();
	}

}
