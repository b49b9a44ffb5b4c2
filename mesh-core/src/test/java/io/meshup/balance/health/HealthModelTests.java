package io.meshup.balance.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.meshup.balance.InstancePool;
import io.meshup.balance.Tried;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.model.rule.policy.OutlierDetection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ServiceHealth} against a small reference model over random sequences, and the
 * shares that weights give. A failure names its seed.
 */
class HealthModelTests {

	private static final int SEQUENCES = 10_000;

	private static final long FIRST = Long.getLong("mesh.test.seed", 0);

	private static final long MILLI = 1_000_000L;

	private static final PoolRules RULES = PoolRules.of(TrafficPolicy.defaults("s"), "");

	@BeforeAll
	static void tellTheSeeds() {
		System.out.printf("HealthModelTests: seeds %d to %d (-Dmesh.test.seed=N begins at another)%n", FIRST,
				FIRST + SEQUENCES - 1);
	}

	@Test
	void ejectionAndProbeAgreeWithTheirModel() {
		for (long seed = FIRST; seed < FIRST + SEQUENCES; seed++) {
			SplittableRandom random = new SplittableRandom(seed);
			OutlierDetection rule = rule(random);
			long now = Long.MAX_VALUE - 1_000 * MILLI;
			ServiceHealth health = new ServiceHealth();
			List<Member> members = health.members(instances(4, 100), now);
			InstancePool pool = new InstancePool("s", members, health, RULES);
			HealthModel model = new HealthModel(rule, 4);
			for (int step = 0; step < 80; step++) {
				now += random.nextLong(200) * MILLI;
				String at = "seed " + seed + " step " + step;
				int probe = model.probe(now);
				Member picked = pool.pick(Tried.NONE, 0, now, random);
				int index = (probe >= 0) ? probe : random.nextInt(4);
				if (probe >= 0) {
					assertThat(picked).as(at).isSameAs(members.get(probe));
				}
				InstanceHealth chosen = members.get(index).health();
				long sent = (random.nextInt(3) > 0) ? now : now - random.nextLong(2_000) * MILLI;
				now += (random.nextInt(3) > 0) ? 0 : random.nextLong(500) * MILLI;
				switch (random.nextInt(5)) {
					case 0 -> {
						model.onUnjudged(index, sent, now);
						health.onUnjudged(chosen, sent, now);
					}
					case 1, 2 ->
						assertThat(health.onSuccess(chosen, rule, now)).as(at).isEqualTo(model.onSuccess(index, now));
					case 3 -> {
						Verdict verdict = health.onError(chosen, rule, sent, now);
						assertThat(verdict.ejection() != null).as(at).isEqualTo(model.onError(index, sent, now));
						assertThat(verdict.returned()).as(at).isEqualTo(model.returned);
					}
					default -> assertThat(health.onRefused(chosen, rule, now) != null).as(at)
						.isEqualTo(model.onRefused(index, now));
				}
				assertThat(health.ejected()).as(at).extracting(Instance::id).isEqualTo(model.out());
			}
		}
	}

	@Test
	void sharesByWeightAndSpreadsByLoad() {
		SplittableRandom random = new SplittableRandom(1);
		ServiceHealth health = new ServiceHealth();
		List<Instance> instances = new ArrayList<>(instances(1, 300));
		instances.addAll(instances(2, 100).subList(1, 2));
		List<Member> members = health.members(instances, 0);
		InstancePool pool = new InstancePool("s", members, health, RULES);
		int heavy = 0;
		for (int i = 0; i < 10_000; i++) {
			Member picked = pool.pick(Tried.NONE, 0, 0, random);
			heavy += (picked == members.get(0)) ? 1 : 0;
		}
		assertThat(heavy).isBetween(7_300, 7_700);

		for (int i = 0; i < 400; i++) {
			Member picked = pool.pick(Tried.NONE, 0, 0, random);
			if (picked != null) {
				picked.health().onSend();
			}
		}
		assertThat(members.get(0).health().inFlight()).isBetween(298, 302);
	}

	@Test
	void picksAnInstanceWithoutWeightOnlyWhenNoOtherIsLeft() {
		SplittableRandom random = new SplittableRandom(1);
		ServiceHealth health = new ServiceHealth();
		List<Instance> instances = new ArrayList<>(instances(1, 0));
		instances.addAll(instances(2, 100).subList(1, 2));
		List<Member> members = health.members(instances, 0);
		InstancePool pool = new InstancePool("s", members, health, RULES);
		for (int i = 0; i < 100; i++) {
			assertThat(pool.pick(Tried.NONE, 0, 0, random)).isSameAs(members.get(1));
		}
		health.onRefused(members.get(1).health(), OutlierDetection.DEFAULT, 0);

		assertThat(pool.pick(Tried.NONE, 0, 1, random)).isSameAs(members.get(0));
	}

	private static OutlierDetection rule(SplittableRandom random) {
		return new OutlierDetection(1 + random.nextInt(4), Duration.ofMillis(100L << random.nextInt(6)),
				Duration.ofMillis(500), random.nextInt(101), random.nextInt(3) * 40);
	}

	private static List<Instance> instances(int count, int weight) {
		List<Instance> instances = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			instances.add(new Instance("i" + i, "127.0.0.1", 8_000 + i, "http", "v1", "default", null, weight,
					InstanceStatus.UP, Map.of()));
		}
		return instances;
	}

}
