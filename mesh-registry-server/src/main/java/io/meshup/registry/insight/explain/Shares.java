package io.meshup.registry.insight.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.rule.match.Sticky;
import io.meshup.model.rule.route.BackendRef;
import io.meshup.registry.lease.Leases;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.route.CompiledRule;
import io.meshup.route.split.Split;

/**
 * The shares of a rule's backends, as callers draw them: of those with an instance that
 * is up or suspect, by weight.
 */
final class Shares {

	private final Leases leases;

	private final Question question;

	private final CompiledRule rule;

	private final Split split;

	Shares(Leases leases, Question question, CompiledRule rule) {
		this.leases = leases;
		this.question = question;
		this.rule = rule;
		this.split = rule.split();
	}

	List<Answer.Backend> list() {
		IntPredicate usable = usable();
		long total = 0;
		for (int i = 0; i < this.split.size(); i++) {
			total += usable.test(i) ? weight(i) : 0;
		}
		boolean sticky = !this.rule.rule().sticky().equals(Sticky.NONE) && this.split.key().hash(this.question) != 0;
		int chosen = sticky ? this.split.choose(usable, this.question, new Random(0)) : -1;
		List<Answer.Backend> backends = new ArrayList<>();
		for (int i = 0; i < this.split.size(); i++) {
			double percent = usable.test(i) ? Math.round(weight(i) * 10_000.0 / total) / 100.0 : 0;
			backends.add(new Answer.Backend(this.split.service(i), this.split.version(i), weight(i), percent,
					sticky ? i == chosen : null, (percent > 0) ? null : out(i)));
		}
		return backends;
	}

	// The instances that a backend could use: those of the lane where it has live ones.
	List<Instance> pool(int index) {
		List<Instance> all = this.leases.instances(this.split.service(index))
			.stream()
			.map(ListedInstance::instance)
			.toList();
		String lane = this.question.lane();
		List<Instance> laned = all.stream().filter((instance) -> lane.equals(instance.lane())).toList();
		if (!lane.isEmpty() && laned.stream().anyMatch(Shares::isLive)) {
			return laned;
		}
		String version = this.split.version(index);
		return all.stream()
			.filter((instance) -> instance.lane() == null)
			.filter((instance) -> version.isEmpty() || instance.version().equals(version))
			.toList();
	}

	private IntPredicate usable() {
		IntPredicate live = (index) -> weight(index) > 0 && pool(index).stream().anyMatch(Shares::isLive);
		for (int i = 0; i < this.split.size(); i++) {
			if (live.test(i)) {
				return live;
			}
		}
		return (index) -> weight(index) > 0 && !pool(index).isEmpty();
	}

	private int weight(int index) {
		List<BackendRef> refs = this.rule.rule().backendRefs();
		int written = refs.isEmpty() ? 1 : refs.get(index).weight();
		return this.split.isDrawn(index) ? Math.max(1, written) : written;
	}

	private String out(int index) {
		if (weight(index) == 0) {
			return "its weight is 0";
		}
		return pool(index).isEmpty() ? "no instance is listed" : "no instance of it is up, but of another backend";
	}

	private static boolean isLive(Instance instance) {
		return instance.status() == InstanceStatus.UP || instance.status() == InstanceStatus.SUSPECT;
	}

}
