package io.meshup.balance;

import java.time.Duration;
import java.util.List;

import io.meshup.model.InstanceStatus;
import io.meshup.model.rule.policy.OutlierDetection;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the way of a new instance to its full share.
 */
class WarmUpTests {

	private static final Offset<Double> LUCK = Offset.offset(0.015);

	private static final Duration SECOND = Duration.ofSeconds(1);

	@ParameterizedTest
	@ValueSource(strings = { "least-request", "peak-ewma", "round-robin", "random" })
	void growsFromATenthToTheWholeShareInTenSeconds(String algorithm) {
		TestPool pool = TestPool.of(algorithm).up("a", "b", "c").later(SECOND).up("new");
		answerAlike(pool);
		assertThat(pool.share("new")).isCloseTo(shareOf(0.1), LUCK);

		answerAlike(pool.later(SECOND.multipliedBy(5)));
		assertThat(pool.share("new")).isCloseTo(shareOf(0.5), Offset.offset(0.03));

		answerAlike(pool.later(SECOND.multipliedBy(5)));
		assertThat(pool.share("new")).isCloseTo(0.25, LUCK);
	}

	@Test
	void keepsToItsPartWhenTheOthersAreBusy() {
		TestPool pool = TestPool.of("least-request").up("a", "b", "c").later(SECOND).up("new");
		List.of("a", "b", "c").forEach((id) -> pool.health(id).onSend());

		assertThat(pool.share("new")).isCloseTo(shareOf(0.1), LUCK);
	}

	@Test
	void warmsNobodyInTheFirstListNorAmongLatecomers() {
		TestPool pool = TestPool.of("least-request").up("a");
		pool.health.expectLatecomers();
		pool.up("b");
		assertThat(pool.share("b")).isCloseTo(0.5, LUCK);

		pool.up("c");
		assertThat(pool.share("c")).isLessThan(0.1);
	}

	@Test
	void sharesEvenlyWhenAllAreNew() {
		TestPool pool = TestPool.of("least-request").up("old").later(SECOND).up("a", "b");
		pool.status("old", InstanceStatus.DRAINING);

		assertThat(pool.share("a")).isCloseTo(0.5, LUCK);
	}

	@Test
	void warmsOneThatIsReadyAgainButNotOneWhoseLineBroke() {
		TestPool pool = TestPool.of("random").up("a", "b").later(SECOND);
		pool.status("a", InstanceStatus.SUSPECT).status("a", InstanceStatus.UP);
		assertThat(pool.share("a")).isCloseTo(0.5, LUCK);

		pool.status("a", InstanceStatus.DOWN).status("a", InstanceStatus.UP);
		assertThat(pool.share("a")).isLessThan(0.15);
	}

	@Test
	void warmsOneThatTakesConnectionsAgain() {
		TestPool pool = TestPool.of("random").up("a", "b");
		pool.refuse("a");
		assertThat(pool.share("a")).isZero();
		pool.later(SECOND);
		assertThat(pool.pick(0)).isEqualTo("a");
		assertThat(pool.share("a")).isZero();

		assertThat(pool.health.onSuccess(pool.health("a"), OutlierDetection.DEFAULT, pool.now())).isTrue();

		assertThat(pool.share("a")).isBetween(0.05, 0.15);
	}

	@Test
	void isOffWithoutADuration() {
		TestPool pool = new TestPool("\"warmUp\":{\"duration\":\"0s\"}", "").up("a").later(SECOND).up("b");

		assertThat(pool.share("b")).isCloseTo(0.5, LUCK);
	}

	private static void answerAlike(TestPool pool) {
		List.of("a", "b", "c", "new").forEach((id) -> pool.latency(id, Duration.ofMillis(40)));
	}

	// Of one among three warm ones.
	private static double shareOf(double warmth) {
		return warmth / (3 + warmth);
	}

}
