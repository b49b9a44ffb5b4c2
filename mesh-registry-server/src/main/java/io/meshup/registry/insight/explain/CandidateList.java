package io.meshup.registry.insight.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.registry.lease.Leases;
import io.meshup.registry.lease.instance.ListedInstance;

/**
 * All instances that a request could have gone to, and why it does not go to some.
 */
final class CandidateList {

	private final Leases leases;

	private final Question question;

	private final Shares shares;

	private final List<Answer.Backend> backends;

	private final List<Answer.Caller> callers;

	CandidateList(Leases leases, Question question, Shares shares, List<Answer.Backend> backends,
			List<Answer.Caller> callers) {
		this.leases = leases;
		this.question = question;
		this.shares = shares;
		this.backends = backends;
		this.callers = callers;
	}

	List<Answer.Candidate> list() {
		Set<String> services = new LinkedHashSet<>();
		this.backends.forEach((backend) -> services.add(backend.service()));
		List<Answer.Candidate> list = new ArrayList<>();
		for (String service : services) {
			for (ListedInstance listed : this.leases.instances(service)) {
				list.add(candidate(service, listed.instance()));
			}
		}
		return list;
	}

	private Answer.Candidate candidate(String service, Instance instance) {
		List<String> reasons = new ArrayList<>();
		boolean candidate = isDrawn(service, instance, reasons);
		for (Answer.Caller caller : this.callers) {
			if (caller.ejected().contains(instance.id()) && service.equals(this.question.service())) {
				reasons.add("ejected by " + caller.service() + "/" + caller.id());
			}
			if (caller.breakers().get(instance.version()) == BreakerState.OPEN
					&& service.equals(this.question.service())) {
				reasons.add("breaker of " + instance.version() + " open at " + caller.service() + "/" + caller.id());
			}
		}
		farFromCallers(instance, reasons);
		return new Answer.Candidate(service, instance, candidate, reasons);
	}

	private boolean isDrawn(String service, Instance instance, List<String> reasons) {
		boolean pooled = false;
		boolean drawn = false;
		Set<String> better = new HashSet<>();
		for (int i = 0; i < this.backends.size(); i++) {
			Answer.Backend backend = this.backends.get(i);
			List<Instance> pool = this.shares.pool(i);
			if (backend.service().equals(service) && pool.contains(instance)) {
				pooled = true;
				boolean shared = backend.percent() > 0 && !Boolean.FALSE.equals(backend.chosen());
				drawn |= shared && isOfBestRank(instance, pool, better);
				if (!shared) {
					better.add((backend.out() != null) ? "its backend gets nothing: " + backend.out()
							: "the sticky key chooses another backend");
				}
			}
		}
		if (!pooled) {
			reasons.add(whyNotPooled(instance));
		}
		else if (!drawn) {
			reasons.addAll(better);
		}
		return drawn;
	}

	private String whyNotPooled(Instance instance) {
		String lane = this.question.lane();
		if (instance.lane() != null && !instance.lane().equals(lane)) {
			return "serves the lane " + instance.lane() + ", which the request is not in";
		}
		return (instance.lane() == null && !lane.isEmpty()) ? "the lane " + lane + " has instances of its own"
				: "the rule does not send to version " + instance.version();
	}

	private static boolean isOfBestRank(Instance instance, List<Instance> pool, Set<String> better) {
		int best = pool.stream().mapToInt((one) -> rank(one.status())).min().orElse(0);
		if (rank(instance.status()) > best) {
			better.add(instance.status().name().toLowerCase(Locale.ROOT) + ", and others are not");
			return false;
		}
		boolean weighted = pool.stream().anyMatch((one) -> rank(one.status()) == best && one.weight() > 0);
		if (weighted && instance.weight() == 0) {
			better.add("its weight is 0, and that of others is not");
		}
		return !weighted || instance.weight() > 0;
	}

	private void farFromCallers(Instance instance, List<String> reasons) {
		Set<String> zones = this.leases.instances(this.question.source())
			.stream()
			.map((listed) -> listed.instance().zone())
			.collect(Collectors.toSet());
		if (!zones.isEmpty() && !zones.contains(instance.zone())) {
			reasons.add("in zone " + instance.zone() + ": callers in " + String.join(", ", zones)
					+ " come here only when their own zone is short");
		}
	}

	// The order in which callers choose.
	private static int rank(InstanceStatus status) {
		return switch (status) {
			case UP -> 0;
			case SUSPECT -> 1;
			case DOWN, STARTING -> 2;
			case DRAINING -> 3;
		};
	}

}
