package io.meshup.registry.lease.drain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import io.meshup.model.InstanceStatus;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.instance.Watcher;
import io.meshup.registry.lease.shared.DrainMark;
import io.meshup.registry.lease.table.LeaseTable;

/**
 * Who watches a service through this node, and what they have confirmed. Thread-safe.
 */
public final class Confirmations {

	private static final Set<InstanceStatus> CALLING = EnumSet.of(InstanceStatus.UP, InstanceStatus.DRAINING);

	private final LeaseTable table;

	private final LongSupplier published;

	/**
	 * Looks at what the callers say.
	 * @param table the leases and lines
	 * @param published the last published revision
	 */
	public Confirmations(LeaseTable table, LongSupplier published) {
		this.table = table;
		this.published = published;
	}

	public List<Watcher> watchers(String service) {
		List<Watcher> found = new ArrayList<>();
		watching(service, (key, listed) -> found.add(new Watcher(key.service(), key.id(), listed.applied())));
		Collections.sort(found);
		return found;
	}

	/**
	 * Who must say that it no longer chooses an instance, and that no request which it
	 * chose it for waits to be answered: everyone that is up, or is leaving too and
	 * finishes its own requests, and has a line for its service, but the instance itself.
	 * @param key the instance
	 * @param revision the first revision that shows it as draining, or
	 * {@link DrainMark#UNPUBLISHED}
	 * @return the callers
	 */
	Awaited awaited(LeaseKey key, long revision) {
		List<String> silent = new ArrayList<>();
		List<String> busy = new ArrayList<>();
		AtomicInteger total = new AtomicInteger();
		watching(key.service(), (caller, listed) -> {
			if (caller.equals(key) || !CALLING.contains(listed.instance().status())) {
				return;
			}
			total.incrementAndGet();
			if (revision == DrainMark.UNPUBLISHED || !hasApplied(listed, revision)) {
				silent.add(caller.toString());
			}
			else if (listed.busy().contains(key.toString())) {
				busy.add(caller.toString());
			}
		});
		Collections.sort(silent);
		Collections.sort(busy);
		return new Awaited(total.get(), silent, busy);
	}

	// A number above all that were published here is that of a node that numbered on
	// alone: it says nothing of what is shown here.
	private boolean hasApplied(ListedInstance caller, long revision) {
		return caller.applied() >= revision && caller.applied() <= this.published.getAsLong();
	}

	private void watching(String service, BiConsumer<LeaseKey, ListedInstance> consumer) {
		this.table.openLines().each((key, open) -> {
			String owner = this.table.incarnation(key);
			if (owner != null && open.stream()
				.anyMatch((line) -> line.isOf(owner) && (line.watches(service) || key.service().equals(service)))) {
				this.table.find(key.service(), key.id()).ifPresent((listed) -> consumer.accept(key, listed));
			}
		});
	}

}
