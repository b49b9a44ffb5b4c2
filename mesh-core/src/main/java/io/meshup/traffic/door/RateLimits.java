package io.meshup.traffic.door;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.meshup.limit.KeyedAllowances;
import io.meshup.limit.Rate;
import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.LimitDemand;
import io.meshup.model.rule.RateLimit;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.NanoClock;
import io.meshup.traffic.table.ServiceTable;
import io.meshup.traffic.table.ServiceView;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of this process's own service. A request must be within all limits that
 * count it; one that is refused uses up none. Thread-safe.
 */
public final class RateLimits implements DoorCheck {

	/** How many shares an instance asks for, those that are wanted most. */
	private static final int MAX_DEMANDS = 100;

	private static final long DEMAND_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final ServiceTable table;

	private final String service;

	private final NanoClock clock;

	private final Shares shares;

	private volatile InForce inForce;

	private long demandAt;

	RateLimits(ServiceTable table, String service, NanoClock clock) {
		this.table = table;
		this.service = service;
		this.clock = clock;
		this.shares = new Shares(clock.nanoTime());
		this.inForce = new InForce(null, List.of(), List.of(), 1);
		this.demandAt = clock.nanoTime();
	}

	@Override
	public Step.@Nullable Reply refuse(InboundView request, long now) {
		InForce present = present(now);
		if (present.limits.isEmpty()) {
			return null;
		}
		DoorRequest seen = new DoorRequest(request);
		List<KeyedAllowances.Keyed> taken = new ArrayList<>(present.limits.size());
		for (CompiledLimit limit : present.limits) {
			if (limit.counts(seen)) {
				String key = limit.key(seen);
				Rate rate = rate(limit, key, present.instances, now);
				KeyedAllowances.Keyed allowance = limit.allowances().of(key, rate, now);
				long wait = allowance.take(rate, now);
				if (wait > 0) {
					taken.forEach(KeyedAllowances.Keyed::giveBack);
					return DoorRefusals.rateLimited(this.service, limit, wait);
				}
				taken.add(allowance);
			}
		}
		return null;
	}

	/**
	 * How much the mesh-wide limits are asked for since this was last called, for the
	 * next beat.
	 * @return what is wanted most first, also what was wanted within 30 s
	 */
	public synchronized List<LimitDemand> demand() {
		long now = this.clock.nanoTime();
		double seconds = Math.max(0.001, (now - this.demandAt) / 1e9);
		this.demandAt = now;
		List<LimitDemand> demands = new ArrayList<>();
		for (CompiledLimit limit : present(now).limits) {
			if (limit.isShared()) {
				limit.allowances()
					.eachUsed(now, DEMAND_NANOS, (key, allowance) -> demands
						.add(new LimitDemand(limit.shareId(key), allowance.takeWanted() / seconds)));
			}
		}
		demands.sort(Comparator.comparingDouble(LimitDemand::rate).reversed());
		return List.copyOf(demands.subList(0, Math.min(MAX_DEMANDS, demands.size())));
	}

	/**
	 * The registry has answered a beat.
	 * @param fractions what this instance may have of each limit in demand, 0 to 1
	 */
	public void grant(Map<String, Double> fractions) {
		this.shares.grant(fractions, this.clock.nanoTime());
	}

	private Rate rate(CompiledLimit limit, String key, int instances, long now) {
		return limit.isShared() ? limit.whole().times(this.shares.of(limit.shareId(key), instances, now))
				: limit.whole();
	}

	private InForce present(long now) {
		InForce present = this.inForce;
		ServiceView view = this.table.find(this.service);
		return (view == present.view) ? present : change(view, now);
	}

	private synchronized InForce change(@Nullable ServiceView view, long now) {
		InForce before = this.inForce;
		if (view != before.view) {
			List<RateLimit> rules = (view != null) ? view.rateLimits() : List.of();
			List<CompiledLimit> limits = rules.equals(before.rules) ? before.limits : compile(rules, before, now);
			this.inForce = new InForce(view, rules, limits, serving(view));
		}
		return this.inForce;
	}

	private static List<CompiledLimit> compile(List<RateLimit> rules, InForce before, long now) {
		Map<String, CompiledLimit> old = new HashMap<>();
		before.limits.forEach((limit) -> old.put(limit.id(), limit));
		List<CompiledLimit> limits = new ArrayList<>();
		for (RateLimit rule : rules) {
			CompiledLimit.of(rule, now).forEach((limit) -> limits.add(limit.after(old.get(limit.id()))));
		}
		return List.copyOf(limits);
	}

	private static int serving(@Nullable ServiceView view) {
		if (view == null) {
			return 1;
		}
		return (int) view.instances().stream().filter((instance) -> instance.status() == InstanceStatus.UP).count();
	}

	/**
	 * What holds at one moment.
	 *
	 * @param view the view it was made from
	 * @param rules the rules of the view
	 * @param limits their limits, in order
	 * @param instances how many serve
	 */
	private record InForce(@Nullable ServiceView view, List<RateLimit> rules, List<CompiledLimit> limits,
			int instances) {
	}

}
