package io.meshup.registry.lease.drain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.DrainProgress;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.instance.Watcher;
import io.meshup.registry.lease.intent.Intent;
import io.meshup.registry.lease.intent.IntentSet;
import io.meshup.registry.lease.intent.IntentView;
import io.meshup.registry.lease.shared.DrainMark;
import io.meshup.registry.lease.table.LeaseTable;
import org.jspecify.annotations.Nullable;

/**
 * Who drains, why, and who has confirmed it: an instance drains by its own word, which
 * its lease keeps, or because an operator wants it. Thread-safe.
 */
public final class Drains {

	private static final String SELF = "self";

	private final LeaseTable table;

	private final Confirmations callers;

	private final Supplier<IntentSet> intents;

	private final OtherConfirmations others;

	public Drains(LeaseTable table, OtherConfirmations others, Supplier<IntentSet> intents, LongSupplier published) {
		this.table = table;
		this.others = others;
		this.callers = new Confirmations(table, published);
		this.intents = intents;
	}

	/**
	 * The instances of a service as callers are to see them.
	 * @param service the service
	 * @return in the order of their ids
	 */
	public List<ListedInstance> instances(String service) {
		List<ListedInstance> listed = this.table.instances(service);
		IntentSet present = this.intents.get();
		if (present.of(service).isEmpty()) {
			return listed;
		}
		return listed.stream().map((one) -> wanted(service, one, present)).toList();
	}

	/**
	 * The instances with a line for a service, at any node.
	 * @param service the service
	 * @return in the order of their services and ids
	 */
	public List<Watcher> watchers(String service) {
		SortedMap<String, Watcher> all = new TreeMap<>();
		this.table.heard().watchers(service).forEach((one) -> all.put(one.service() + "/" + one.id(), one));
		this.callers.watchers(service).forEach((one) -> all.put(one.service() + "/" + one.id(), one));
		return all.values().stream().sorted().toList();
	}

	/**
	 * What the other nodes are to know of the drains: who has confirmed here.
	 * @return one report for each instance that drains, at any node
	 */
	public List<OtherConfirmations.Report> reports() {
		IntentSet present = this.intents.get();
		Set<LeaseKey> draining = new LinkedHashSet<>(this.table.draining());
		for (String service : present.services()) {
			for (ListedInstance listed : this.table.instances(service)) {
				if (present.find(service, listed.instance().id(), listed.instance().version()).isPresent()) {
					draining.add(new LeaseKey(service, listed.instance().id()));
				}
			}
		}
		List<OtherConfirmations.Report> reports = new ArrayList<>();
		for (LeaseKey key : draining) {
			long revision = revision(key);
			reports.add(OtherConfirmations.Report.of(key, revision, this.callers.awaited(key, revision)));
		}
		return reports;
	}

	/**
	 * Another node told who has confirmed there.
	 * @param node that node
	 * @param reports one for each instance that drains
	 */
	public void heard(String node, List<OtherConfirmations.Report> reports) {
		this.others.heard(node, reports);
	}

	/**
	 * What a draining instance is told in the answer to its beat.
	 * @param key the instance
	 * @return {@code null} unless it says of itself that it is draining
	 */
	public @Nullable DrainProgress progress(LeaseKey key) {
		DrainMark mark = this.table.drain(key);
		if (mark == null) {
			return null;
		}
		long revision = revision(key);
		Awaited awaited = awaited(key, revision);
		return new DrainProgress(revision, first(awaited), awaited.remaining(), awaited.busy().size(),
				awaited.isDone());
	}

	/**
	 * What operators are told of an instance.
	 * @param key the instance
	 * @return {@code null} unless it is to be drained
	 */
	public @Nullable DrainView view(LeaseKey key) {
		Intent intent = intent(key);
		if (intent != null) {
			Awaited awaited = awaited(key, intent.revision());
			return new DrainView(IntentView.word(intent.target().scope()), intent.since(), intent.by(),
					intent.revision(), awaited.total(), awaited.confirmed(), first(awaited), awaited.isDone());
		}
		DrainMark mark = this.table.drain(key);
		if (mark == null) {
			return null;
		}
		Awaited awaited = awaited(key, mark.revision());
		return new DrainView(SELF, mark.since(), "", mark.revision(), awaited.total(), awaited.confirmed(),
				first(awaited), awaited.isDone());
	}

	private Awaited awaited(LeaseKey key, long revision) {
		return this.others.and(this.callers.awaited(key, revision), key, revision);
	}

	/**
	 * The first revision that shows an instance as draining.
	 * @param key the instance
	 * @return the revision, {@link DrainMark#UNPUBLISHED} while there is none
	 */
	private long revision(LeaseKey key) {
		DrainMark mark = this.table.drain(key);
		Intent intent = intent(key);
		long own = (mark != null) ? mark.revision() : DrainMark.UNPUBLISHED;
		return (intent != null) ? earlier(intent.revision(), own) : own;
	}

	private @Nullable Intent intent(LeaseKey key) {
		IntentSet present = this.intents.get();
		if (present.of(key.service()).isEmpty()) {
			return null;
		}
		return this.table.find(key.service(), key.id())
			.flatMap((listed) -> present.find(key.service(), key.id(), listed.instance().version()))
			.orElse(null);
	}

	private static ListedInstance wanted(String service, ListedInstance listed, IntentSet present) {
		Instance instance = listed.instance();
		boolean isShown = instance.status() != InstanceStatus.SUSPECT
				&& present.find(service, instance.id(), instance.version()).isPresent();
		return isShown ? listed.withInstance(instance.withStatus(InstanceStatus.DRAINING)) : listed;
	}

	private static long earlier(long intended, long own) {
		boolean isOnlyOne = intended == DrainMark.UNPUBLISHED || own == DrainMark.UNPUBLISHED;
		return isOnlyOne ? Math.max(intended, own) : Math.min(intended, own);
	}

	private static List<String> first(Awaited awaited) {
		return Stream.concat(awaited.silent().stream(), awaited.busy().stream())
			.limit(DrainProgress.MAX_LISTED)
			.toList();
	}

}
