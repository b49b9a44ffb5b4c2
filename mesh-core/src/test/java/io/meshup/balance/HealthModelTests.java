package io.meshup.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.rule.OutlierDetection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ServiceHealth} against a small reference model over random sequences, and the
 * shares that weights give. A failure names its seed.
 */
class HealthModelTests {

	private static final int SEQUENCES = 10_000;

	private static final long MILLI = 1_000_000L;

	@Test
	void ejectionAgreesWithItsModel() {
		for (long seed = 0; seed < SEQUENCES; seed++) {
			SplittableRandom random = new SplittableRandom(seed);
			OutlierDetection rule = new OutlierDetection(1 + random.nextInt(3), Duration.ofMillis(100),
					Duration.ofMillis(500), random.nextInt(101));
			long now = Long.MAX_VALUE - 1_000 * MILLI;
			ServiceHealth health = new ServiceHealth(now);
			List<Member> members = health.members(instances(4, 100));
			Model[] models = { new Model(), new Model(), new Model(), new Model() };
			for (int step = 0; step < 60; step++) {
				now += random.nextLong(200) * MILLI;
				int index = random.nextInt(4);
				boolean error = random.nextInt(3) > 0;
				boolean ejected = error && models[index].onError(rule, now, models);
				if (error) {
					assertThat(health.onError(members.get(index).health(), rule, now)).as("seed %d step %d", seed, step)
						.isEqualTo(ejected);
				}
				else {
					models[index].onSuccess();
					health.onSuccess(members.get(index).health(), now);
				}
				List<String> out = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					if (models[i].isOut(now)) {
						out.add("i" + i);
					}
				}
				assertThat(health.ejected(now)).as("seed %d step %d", seed, step)
					.extracting(Instance::id)
					.isEqualTo(out);
			}
		}
	}

	@Test
	void sharesByWeightAndSpreadsByLoad() {
		SplittableRandom random = new SplittableRandom(1);
		ServiceHealth health = new ServiceHealth(0);
		List<Instance> instances = new ArrayList<>(instances(1, 300));
		instances.addAll(instances(2, 100).subList(1, 2));
		List<Member> members = health.members(instances);
		InstancePool pool = new InstancePool("s", members, health, 50);
		int heavy = 0;
		for (int i = 0; i < 10_000; i++) {
			Member picked = pool.pick(new Tried(), 0, random);
			heavy += (picked == members.get(0)) ? 1 : 0;
		}
		assertThat(heavy).isBetween(7_300, 7_700);

		for (int i = 0; i < 400; i++) {
			Member picked = pool.pick(new Tried(), 0, random);
			if (picked != null) {
				picked.health().onSend();
			}
		}
		assertThat(members.get(0).health().inFlight()).isBetween(298, 302);
	}

	@Test
	void picksAnInstanceWithoutWeightOnlyWhenNoOtherIsLeft() {
		SplittableRandom random = new SplittableRandom(1);
		ServiceHealth health = new ServiceHealth(0);
		List<Instance> instances = new ArrayList<>(instances(1, 0));
		instances.addAll(instances(2, 100).subList(1, 2));
		List<Member> members = health.members(instances);
		InstancePool pool = new InstancePool("s", members, health, 50);
		for (int i = 0; i < 100; i++) {
			assertThat(pool.pick(new Tried(), 0, random)).isSameAs(members.get(1));
		}
		health.onRefused(members.get(1).health(), 0);

		assertThat(pool.pick(new Tried(), 1, random)).isSameAs(members.get(0));
	}

	private static List<Instance> instances(int count, int weight) {
		List<Instance> instances = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			instances.add(new Instance("i" + i, "127.0.0.1", 8_000 + i, "http", "v1", "default", null, weight,
					InstanceStatus.UP, Map.of()));
		}
		return instances;
	}

	private static final class Model {

		private int consecutive;

		private int multiplier;

		private boolean ever;

		private long until;

		private long quietSince;

		boolean isOut(long now) {
			return this.ever && this.until - now > 0;
		}

		void onSuccess() {
			this.consecutive = 0;
		}

		boolean onError(OutlierDetection rule, long now, Model[] all) {
			if (isOut(now)) {
				return false;
			}
			long good = (now - this.quietSince) / rule.interval().toNanos();
			this.multiplier = this.ever ? (int) Math.max(0, this.multiplier - good) : 0;
			this.quietSince = now;
			this.consecutive++;
			int out = 0;
			for (Model model : all) {
				out += model.isOut(now) ? 1 : 0;
			}
			if (this.consecutive < rule.consecutiveErrors()
					|| (out > 0 && (out + 1) * 100 > 4 * rule.maxEjectionPercent())) {
				return false;
			}
			this.multiplier++;
			this.consecutive = 0;
			this.ever = true;
			this.until = now + rule.baseEjectionTime().toNanos() * this.multiplier;
			this.quietSince = this.until;
			return true;
		}

	}

}
