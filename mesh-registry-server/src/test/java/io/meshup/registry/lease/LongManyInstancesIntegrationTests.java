package io.meshup.registry.lease;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Leases} with 50,000 instances of 5,000 services.
 */
class LongManyInstancesIntegrationTests extends ManyInstancesContract {

	LongManyInstancesIntegrationTests() {
		super(50_000);
	}

	@Override
	void judge(long firstSyncMillis) {
		assertThat(firstSyncMillis).isLessThanOrEqualTo(5_000);
	}

}
