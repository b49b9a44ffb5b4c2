package io.meshup.registry.lease;

/**
 * Tests for {@link Leases} with 2,000 instances.
 */
class ManyInstancesTests extends ManyInstancesContract {

	ManyInstancesTests() {
		super(2_000);
	}

	@Override
	void judge(long firstSyncMillis) {
		// A busy machine takes its time: only the long run has a limit.
	}

}
