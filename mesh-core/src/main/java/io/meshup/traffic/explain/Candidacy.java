package io.meshup.traffic.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.meshup.balance.health.Condition;
import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.route.split.Split;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.NanoClock;
import io.meshup.traffic.table.ServiceTable;
import io.meshup.traffic.table.ServiceView;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each instance whether an attempt could have gone to it, and if not, why. Looks
 * at what the choice looked at, after the fact; belongs to one call.
 */
final class Candidacy {

	/** More would not fit into a header. */
	private static final int MOST = 25;

	private final ServiceTable table;

	private final NanoClock clock;

	private final Split split;

	private final String lane;

	private final List<String> tried = new ArrayList<>();

	Candidacy(ServiceTable table, NanoClock clock, Split split, String lane) {
		this.table = table;
		this.clock = clock;
		this.split = split;
		this.lane = lane;
	}

	void tried(Instance instance) {
		this.tried.add(instance.id());
	}

	// The lane of the request, empty for the base.
	String lane() {
		return this.lane;
	}

	List<Map<String, Object>> at(Step.Send send) {
		return list(this.table.view(send.service()), send.instance());
	}

	// Those of an attempt that went nowhere.
	List<Map<String, Object>> none() {
		return list(this.table.view(this.split.service(0)), null);
	}

	private List<Map<String, Object>> list(ServiceView view, @Nullable Instance taken) {
		List<Condition> all = view.conditions(this.clock.nanoTime());
		Map<String, BreakerState> breakers = view.breakers();
		List<Map<String, Object>> list = new ArrayList<>();
		all.stream().limit(MOST).forEach((one) -> {
			Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("id", one.instance().id());
			entry.put("version", one.instance().version());
			if (taken != null && one.instance().id().equals(taken.id())) {
				entry.put("chosen", true);
			}
			else {
				String reason = leftOut(view, one, all, breakers, taken);
				if (reason != null) {
					entry.put("out", reason);
				}
			}
			if (one.warmthPercent() < 100) {
				entry.put("warmth", one.warmthPercent());
			}
			if (one.inFlight() > 0) {
				entry.put("inFlight", one.inFlight());
			}
			list.add(entry);
		});
		if (all.size() > MOST) {
			list.add(Map.of("more", all.size() - MOST));
		}
		return list;
	}

	private @Nullable String leftOut(ServiceView view, Condition one, List<Condition> all,
			Map<String, BreakerState> breakers, @Nullable Instance taken) {
		Instance instance = one.instance();
		String lane = (taken != null) ? taken.lane() : null;
		if (!Objects.equals(instance.lane(), lane)) {
			return "lane";
		}
		if (lane == null && !isDrawn(view.service(), instance.version(), taken)) {
			return "version";
		}
		if (this.tried.contains(instance.id())) {
			return "tried";
		}
		String group = (lane != null) ? instance.version() + '@' + lane : instance.version();
		if (breakers.get(group) == BreakerState.OPEN) {
			return "breaker";
		}
		String own = own(one);
		return (own != null) ? own : compared(view, instance, all, taken);
	}

	// Whether the draw that took one instance could have taken another version.
	private boolean isDrawn(String service, String version, @Nullable Instance taken) {
		boolean listed = false;
		for (int i = 0; i < this.split.size(); i++) {
			if (this.split.service(i).equals(service)) {
				if (this.split.version(i).isEmpty()) {
					return true;
				}
				listed |= this.split.version(i).equals(version);
			}
		}
		return listed && (taken == null || taken.version().equals(version));
	}

	private static @Nullable String own(Condition one) {
		if (one.refused()) {
			return "refused, for " + one.outForMillis() + "ms";
		}
		if (one.ejected()) {
			return "ejected, for " + one.outForMillis() + "ms";
		}
		InstanceStatus status = one.instance().status();
		return (status != InstanceStatus.UP) ? status.name().toLowerCase(Locale.ROOT) : null;
	}

	// What is only left out because there is better: of the same draw, as it was then.
	private @Nullable String compared(ServiceView view, Instance instance, List<Condition> all,
			@Nullable Instance taken) {
		List<Condition> pool = all.stream()
			.filter((other) -> Objects.equals(other.instance().lane(), instance.lane()))
			.filter((other) -> instance.lane() != null || isDrawn(view.service(), other.instance().version(), taken))
			.toList();
		if (instance.weight() == 0
				&& pool.stream().anyMatch((other) -> own(other) == null && other.instance().weight() > 0)) {
			return "weight";
		}
		String zone = view.preferredZone();
		return (zone.isEmpty() || instance.zone().equals(zone) || isSpilling(view, zone, pool)) ? null : "zone";
	}

	private static boolean isSpilling(ServiceView view, String zone, List<Condition> pool) {
		List<Condition> near = pool.stream()
			.filter((one) -> one.instance().zone().equals(zone))
			.filter((one) -> one.instance().status() != InstanceStatus.STARTING)
			.toList();
		long usable = near.stream().filter((one) -> own(one) == null).count();
		return usable == 0 || usable * 100 < near.size() * (long) view.policy().locality().failoverBelowPercent();
	}

}
