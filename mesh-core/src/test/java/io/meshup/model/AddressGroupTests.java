package io.meshup.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AddressGroup}.
 */
class AddressGroupTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1,192.0.2.1", "unknown,unknown", "2001:db8:1:2::1,20010db800010002::/64",
			"2001:db8:1:2:ffff:ffff:ffff:ffff,20010db800010002::/64", "[2001:db8:1:2::7],20010db800010002::/64",
			"fe80::1%eth0,fe80000000000000::/64", "::ffff:192.0.2.1,192.0.2.1", "host:8080,host:8080" })
	void namesWhoStandsBehindAnAddress(String address, String group) {
		assertThat(AddressGroup.of(address)).isEqualTo(group);
	}

	@Test
	void tellsNetworksApart() {
		assertThat(AddressGroup.of("2001:db8:1:2::1")).isNotEqualTo(AddressGroup.of("2001:db8:1:3::1"));
	}

}
