package io.meshup.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.meshup.balance.health.InstanceHealth;
import io.meshup.model.StableHash;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the algorithms: who gets which share.
 */
class PickerTests {

	private static final Offset<Double> LUCK = Offset.offset(0.015);

	@ParameterizedTest
	@ValueSource(strings = { "least-request", "peak-ewma", "round-robin", "random", "ring-hash" })
	void sharesByWeightWhileNobodyIsBusy(String algorithm) {
		TestPool pool = TestPool.of(algorithm).up("a*300", "b", "c*0", "d");

		assertThat(pool.share("a")).isCloseTo(0.6, LUCK);
		assertThat(pool.share("b")).isCloseTo(0.2, LUCK);
		assertThat(pool.share("c")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "least-request", "peak-ewma", "round-robin", "random", "ring-hash" })
	void picksAmongTheWeightlessWhenNoOtherIsLeft(String algorithm) {
		TestPool pool = TestPool.of(algorithm).up("a*0", "b*0", "c");
		pool.refuse("c");

		assertThat(pool.picks(100).keySet()).containsExactly("a", "b");
	}

	@Test
	void takesTurnsInTheSameOrder() {
		TestPool pool = TestPool.of("round-robin").up("a", "b", "c");
		List<String> order = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			order.add(pool.pick(0));
		}

		assertThat(order.subList(3, 6)).isEqualTo(order.subList(0, 3)).doesNotHaveDuplicates();
	}

	@Test
	void spreadsTheTurnsOfTheHeavyAmongTheOthers() {
		TestPool pool = TestPool.of("round-robin").up("a*500", "b", "c");
		StringBuilder order = new StringBuilder();
		for (int i = 0; i < 70; i++) {
			order.append(pool.pick(0));
		}

		assertThat(order.toString().replace("a", "")).hasSizeBetween(19, 21);
		assertThat(order.toString()).doesNotContain("aaaaaa");
	}

	@Test
	void prefersTheQuickButLetsLoadDecide() {
		TestPool pool = TestPool.of("peak-ewma").up("quick", "slow");
		pool.latency("quick", Duration.ofMillis(31));
		pool.latency("slow", Duration.ofMillis(100));
		assertThat(pool.share("slow")).isZero();

		for (int i = 0; i < 4; i++) {
			pool.health("quick").onSend();
		}

		assertThat(pool.share("quick")).isZero();
	}

	@Test
	void followsAPeakAtOnceAndForgetsItSlowly() {
		InstanceHealth health = new InstanceHealth(0);
		assertThat(millis(health, 0)).isEqualTo(30);
		health.onLatency(millis(200), millis(1));
		assertThat(millis(health, 1)).isEqualTo(200);

		health.onLatency(millis(20), millis(1_001));
		assertThat(millis(health, 1_001)).isBetween(180L, 184L);

		assertThat(millis(health, 11_001)).isBetween(64L, 70L);
	}

	@Test
	void neverTakesAQuickFailureForQuick() {
		InstanceHealth health = new InstanceHealth(0);
		health.onLatency(millis(50), 0);
		for (int second = 1; second < 60; second++) {
			health.onPushBack(millis(1), millis(1_000 * second));
		}
		assertThat(millis(health, 59_000)).isEqualTo(50);

		health.onPushBack(millis(5_000), millis(60_000));

		assertThat(millis(health, 60_000)).isEqualTo(5_000);
	}

	@Test
	void keepsAKeyOnItsInstance() {
		TestPool one = TestPool.of("ring-hash").up("a", "b", "c", "d*200");
		TestPool other = TestPool.of("ring-hash").up("d*200", "c", "b", "a");
		Map<String, Integer> shares = new HashMap<>();
		for (int key = 0; key < 10_000; key++) {
			String picked = one.pick(hash(key));
			assertThat(other.pick(hash(key))).isEqualTo(picked);
			shares.merge(picked, 1, Integer::sum);
		}

		assertThat(shares.get("a")).isBetween(1_850, 2_150);
		assertThat(shares.get("d")).isBetween(3_850, 4_150);
	}

	@Test
	void movesOnlyTheKeysOfAnInstanceThatIsLeftOutAndTakesThemBack() {
		TestPool whole = TestPool.of("ring-hash").up("a", "b", "c", "d*200");
		TestPool less = TestPool.of("ring-hash").up("a", "b", "c", "d*200");
		less.refuse("b");
		int moved = 0;
		for (int key = 0; key < 1_000; key++) {
			String before = whole.pick(hash(key));
			String after = less.pick(hash(key));
			assertThat(after).isNotEqualTo("b");
			moved += before.equals(after) ? 0 : 1;
			assertThat(before.equals(after) || before.equals("b")).as("key %d", key).isTrue();
		}

		assertThat(moved).isPositive();
	}

	private static long hash(int key) {
		return StableHash.of("user-" + key);
	}

	private static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

	private static long millis(InstanceHealth health, long atMillis) {
		return Math.round(health.latency(millis(atMillis)) / 1_000_000);
	}

}
