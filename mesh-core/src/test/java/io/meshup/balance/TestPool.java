package io.meshup.balance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import io.meshup.balance.health.InstanceHealth;
import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;
import io.meshup.balance.health.ServiceHealth;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.rule.RuleReader;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.model.rule.policy.OutlierDetection;

/**
 * A pool under a policy, on a clock that a test sets, with a seeded random.
 */
final class TestPool {

	final ServiceHealth health = new ServiceHealth();

	private final SplittableRandom random = new SplittableRandom(7);

	private final List<Instance> instances = new ArrayList<>();

	private final TrafficPolicy policy;

	private final String zone;

	private List<Member> members = List.of();

	private InstancePool pool;

	private long now = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

	TestPool(String spec, String zone) {
		this.policy = (TrafficPolicy) RuleReader.read(MeshJson
			.readTree(("{\"kind\":\"TrafficPolicy\",\"metadata\":{\"name\":\"p\"}," + "\"spec\":{\"service\":\"s\""
					+ (spec.isEmpty() ? "" : ",") + spec + "}}")
				.getBytes(StandardCharsets.UTF_8)));
		this.zone = zone;
		this.pool = publish();
	}

	static TestPool of(String algorithm) {
		return new TestPool("\"loadBalancer\":{\"algorithm\":\"" + algorithm + "\"}", "");
	}

	// Takes instances up: each as "id", "id*weight" or "id@zone".
	TestPool up(String... texts) {
		for (String text : texts) {
			String id = text.split("[*@]")[0];
			int weight = (text.indexOf('*') > 0) ? Integer.parseInt(text.substring(text.indexOf('*') + 1)) : 100;
			String place = (text.indexOf('@') > 0) ? text.substring(text.indexOf('@') + 1) : "default";
			this.instances.add(new Instance(id, "127.0.0.1", 1024 + this.instances.size(), "http", "v1", place, null,
					weight, InstanceStatus.UP, Map.of()));
		}
		this.pool = publish();
		return this;
	}

	TestPool status(String id, InstanceStatus status) {
		this.instances.replaceAll((instance) -> instance.id().equals(id) ? instance.withStatus(status) : instance);
		this.pool = publish();
		return this;
	}

	TestPool later(Duration time) {
		this.now += time.toNanos();
		return this;
	}

	InstanceHealth health(String id) {
		return this.members.stream()
			.filter((member) -> member.instance().id().equals(id))
			.findFirst()
			.orElseThrow()
			.health();
	}

	void refuse(String id) {
		this.health.onRefused(health(id), OutlierDetection.DEFAULT, this.now);
	}

	void latency(String id, Duration latency) {
		health(id).onLatency(latency.toNanos(), this.now);
	}

	long now() {
		return this.now;
	}

	String pick(long hash) {
		Member picked = this.pool.pick(Tried.NONE, hash, this.now, this.random);
		return (picked != null) ? picked.instance().id() : "";
	}

	// How often each is picked, all at this moment.
	Map<String, Integer> picks(int times) {
		Map<String, Integer> picks = new TreeMap<>();
		for (int i = 0; i < times; i++) {
			picks.merge(pick(0), 1, Integer::sum);
		}
		return picks;
	}

	double share(String id) {
		return picks(20_000).getOrDefault(id, 0) / 20_000.0;
	}

	private InstancePool publish() {
		this.members = this.health.members(this.instances, this.now);
		return new InstancePool("s", this.members, this.health, PoolRules.of(this.policy, this.zone));
	}

}
