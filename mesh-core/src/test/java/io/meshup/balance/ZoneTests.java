package io.meshup.balance;

import io.meshup.model.InstanceStatus;
import io.meshup.model.StableHash;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the preference of the caller's own zone.
 */
class ZoneTests {

	private static final Offset<Double> LUCK = Offset.offset(0.015);

	private static final String[] BOTH = { "a1@a", "a2@a", "a3@a", "a4@a", "b1@b", "b2@b" };

	@Test
	void staysInItsOwnZone() {
		assertThat(new TestPool("", "a").up(BOTH).picks(1_000).keySet()).containsExactly("a1", "a2", "a3", "a4");
		assertThat(new TestPool("", "b").up(BOTH).picks(1_000).keySet()).containsExactly("b1", "b2");
	}

	@Test
	void callsAllZonesWhenItHasNoneOfItsOwnOrDoesNotCare() {
		assertThat(new TestPool("", "").up(BOTH).picks(1_000)).hasSize(6);
		assertThat(new TestPool("", "c").up(BOTH).picks(1_000)).hasSize(6);
		assertThat(new TestPool("\"locality\":{\"preferSameZone\":false}", "a").up(BOTH).picks(1_000)).hasSize(6);
	}

	@Test
	void spillsOverInProportionBelowTheShare() {
		TestPool pool = new TestPool("", "a").up(BOTH);
		pool.status("a1", InstanceStatus.SUSPECT);
		assertThat(pool.share("b1")).isZero();

		pool.status("a2", InstanceStatus.DOWN);
		assertThat(pool.share("b1")).isCloseTo((1 - 0.5 / 0.7) / 2, LUCK);

		pool.refuse("a3");
		assertThat(pool.share("a4")).isCloseTo(0.25 / 0.7, LUCK);

		pool.refuse("a4");
		assertThat(pool.picks(1_000).keySet()).containsExactly("b1", "b2");
	}

	@Test
	void keepsAllInTheZoneWhileOneIsLeftWithAShareOfZero() {
		TestPool pool = new TestPool("\"locality\":{\"failoverBelowPercent\":0}", "a").up(BOTH);
		pool.status("a1", InstanceStatus.DOWN).status("a2", InstanceStatus.DOWN).status("a3", InstanceStatus.DOWN);

		assertThat(pool.picks(1_000).keySet()).containsExactly("a4");
	}

	@Test
	void doesNotTakeOneThatIsAboutToStartForALoss() {
		TestPool pool = new TestPool("", "a").up(BOTH).status("a1", InstanceStatus.STARTING);
		pool.status("a2", InstanceStatus.STARTING);

		assertThat(pool.picks(1_000).keySet()).containsExactly("a3", "a4");
	}

	@Test
	void keepsAKeyOnOneSideOfASpill() {
		TestPool pool = new TestPool("\"loadBalancer\":{\"algorithm\":\"ring-hash\"}", "a").up(BOTH);
		pool.status("a1", InstanceStatus.DOWN).status("a2", InstanceStatus.DOWN);
		int near = 0;
		for (int key = 0; key < 1_000; key++) {
			String picked = pool.pick(StableHash.of("user-" + key));
			assertThat(pool.pick(StableHash.of("user-" + key))).isEqualTo(picked);
			near += picked.startsWith("a") ? 1 : 0;
		}

		assertThat(near).isBetween(650, 780);
	}

}
