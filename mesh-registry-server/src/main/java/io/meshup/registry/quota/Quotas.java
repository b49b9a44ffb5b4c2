package io.meshup.registry.quota;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.meshup.model.beat.Beat;
import io.meshup.model.beat.LimitDemand;
import io.meshup.registry.lease.beat.ShareSource;
import io.meshup.registry.lease.instance.LeaseKey;
import org.jspecify.annotations.Nullable;

/**
 * The mesh-wide limits in demand, by service. Thread-safe; beats of different services do
 * not wait for each other.
 */
final class Quotas implements ShareSource {

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final Map<String, Map<String, Quota>> services = new ConcurrentHashMap<>();

	private final LongSupplier nanoClock;

	private final int most;

	private final Function<String, Set<String>> serving;

	/**
	 * Makes an empty memory.
	 * @param nanoClock the time
	 * @param most limits of one service, so that the answer to a beat stays small
	 * @param serving the ids of a service's instances that are up
	 */
	Quotas(LongSupplier nanoClock, int most, Function<String, Set<String>> serving) {
		this.nanoClock = nanoClock;
		this.most = most;
		this.serving = serving;
	}

	@Override
	public Map<String, Double> shares(LeaseKey key, Beat beat) {
		if (beat.demand().isEmpty() && !this.services.containsKey(key.service())) {
			return Map.of();
		}
		Map<String, Double> shares = new HashMap<>();
		this.services.compute(key.service(), (service, present) -> {
			Map<String, Quota> quotas = (present != null) ? present : new HashMap<>();
			shares.putAll(divide(quotas, key, beat));
			return kept(quotas);
		});
		return shares;
	}

	@Override
	public void told(LeaseKey key, Beat beat, Map<String, Double> told) {
		if (beat.demand().isEmpty() && told.isEmpty()) {
			return;
		}
		this.services.compute(key.service(), (service, present) -> {
			Map<String, Quota> quotas = (present != null) ? present : new HashMap<>();
			Map<String, Double> demands = demands(quotas, beat);
			long now = this.nanoClock.getAsLong();
			quotas.forEach((limit, quota) -> {
				quota.report(key.id(), demands.getOrDefault(limit, 0.0), now);
				Double share = told.get(limit);
				if (share != null) {
					quota.told(key.id(), share);
				}
			});
			return kept(quotas);
		});
	}

	private Map<String, Double> demands(Map<String, Quota> quotas, Beat beat) {
		long now = this.nanoClock.getAsLong();
		quotas.values().removeIf((quota) -> quota.isIdle(now, IDLE_NANOS));
		Map<String, Double> demands = new HashMap<>();
		for (LimitDemand demand : beat.demand()) {
			demands.put(demand.limit(), demand.rate());
			if (demand.rate() > 0 && quotas.size() < this.most) {
				quotas.computeIfAbsent(demand.limit(), (limit) -> new Quota(now));
			}
		}
		return demands;
	}

	private Map<String, Double> divide(Map<String, Quota> quotas, LeaseKey key, Beat beat) {
		long now = this.nanoClock.getAsLong();
		Map<String, Double> demands = demands(quotas, beat);
		Set<String> sharing = new HashSet<>(this.serving.apply(key.service()));
		sharing.add(key.id());
		Map<String, Double> shares = new HashMap<>();
		quotas.forEach((limit, quota) -> {
			quota.report(key.id(), demands.getOrDefault(limit, 0.0), now);
			shares.put(limit, quota.grant(key.id(), sharing));
		});
		return shares;
	}

	private static @Nullable Map<String, Quota> kept(Map<String, Quota> quotas) {
		return quotas.isEmpty() ? null : quotas;
	}

	int size() {
		return this.services.size();
	}

}
