package io.meshup.registry.lease.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.shared.Holder;
import io.meshup.registry.lease.shared.LeaseRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of one service and the protection against losing most of them at once.
 * Changed by the table's one writer; readers see a list that may be in the middle of a
 * change, which is always followed by another revision.
 */
final class ServiceLeases {

	private static final Logger logger = LoggerFactory.getLogger(ServiceLeases.class);

	private final String name;

	private final NavigableMap<String, Lease> leases = new ConcurrentSkipListMap<>();

	private final Set<String> gone = new ConcurrentSkipListSet<>();

	private final Deque<Long> losses = new ArrayDeque<>();

	private boolean isHeld;

	ServiceLeases(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	boolean isEmpty() {
		return this.leases.isEmpty();
	}

	boolean isForgettable() {
		return this.leases.isEmpty() && this.gone.isEmpty() && this.losses.isEmpty();
	}

	@Nullable Lease find(String id) {
		return this.leases.get(id);
	}

	List<ListedInstance> listed() {
		return this.leases.values().stream().map(Lease::listed).toList();
	}

	Collection<String> gone() {
		return List.copyOf(this.gone);
	}

	void add(Lease lease) {
		this.leases.put(lease.key().id(), lease);
		this.gone.remove(lease.key().id());
		if (lease.before().equals(Holder.NONE)) {
			logger.info("An instance joined: {}, {}", lease.key(), lease.listed().instance().authority());
		}
		else {
			logger.info("An instance came from another node of this registry: {}", lease.key());
		}
	}

	void remove(Lease lease, boolean isRemembered) {
		this.leases.remove(lease.key().id());
		if (isRemembered) {
			rememberGone(lease.key().id());
		}
		logger.info("An instance left: {}", lease.key());
	}

	void each(Consumer<Lease> visitor) {
		this.leases.values().forEach(visitor);
	}

	void rememberGone(String id) {
		this.gone.add(id);
	}

	void forgetGone() {
		this.gone.clear();
	}

	/**
	 * Another node dropped an instance that gave no sign.
	 * @param now the present
	 */
	void lostElsewhere(long now) {
		this.losses.addLast(now);
	}

	/**
	 * Forgets a lease that another node holds now.
	 * @param lease the lease
	 */
	void cede(Lease lease) {
		this.leases.remove(lease.key().id());
	}

	/**
	 * Suspects who is silent and drops who is over, unless too many would go.
	 * @param now the present
	 * @param isRemembered whether those that go are listed as gone
	 * @param elsewhere the instances of the service that other nodes hold
	 * @return what others can see of it
	 */
	Expiry expire(long now, boolean isRemembered, List<LeaseRow> elsewhere) {
		while (!this.losses.isEmpty() && now - this.losses.peekFirst() >= LeaseTimes.LOSS_WINDOW_NANOS) {
			this.losses.removeFirst();
		}
		List<Lease> silent = suspectTheSilent(now);
		List<Lease> due = over(now);
		if (due.isEmpty()) {
			this.isHeld = false;
			return new Expiry(List.of(), silent);
		}
		List<Lease> leaving = isMassLoss(elsewhere) ? heldLongEnough(due, now) : due;
		for (Lease lease : leaving) {
			remove(lease, isRemembered);
			this.losses.addLast(now);
		}
		return new Expiry(leaving, silent);
	}

	// Plain loops: ten times a second they look at every lease.
	private List<Lease> over(long now) {
		List<Lease> due = List.of();
		for (Lease lease : this.leases.values()) {
			if (lease.isOver(now)) {
				due = due.isEmpty() ? new ArrayList<>() : due;
				due.add(lease);
			}
		}
		return due;
	}

	private List<Lease> suspectTheSilent(long now) {
		List<Lease> silent = List.of();
		for (Lease lease : this.leases.values()) {
			if (lease.isSilent(now) && !lease.isSuspect()) {
				silent = silent.isEmpty() ? new ArrayList<>() : silent;
				silent.add(lease);
				lease.suspect(now);
			}
		}
		return silent;
	}

	private boolean isMassLoss(List<LeaseRow> elsewhere) {
		long suspects = this.leases.values().stream().filter(Lease::isSuspect).count();
		long going = suspects + this.losses.size() + elsewhere.stream().filter(LeaseRow::isSuspect).count();
		return going * 2 > this.leases.size() + this.losses.size() + elsewhere.size();
	}

	private List<Lease> heldLongEnough(List<Lease> due, long now) {
		if (!this.isHeld) {
			this.isHeld = true;
			logger.warn("More than half of '{}' would go within 5 s: {} of {} instances stay suspect for at most 60 s",
					this.name, due.size(), this.leases.size());
		}
		return due.stream().filter((lease) -> lease.isSuspectFor(now, LeaseTimes.HOLD_NANOS)).toList();
	}

	/**
	 * What one look at the leases changed.
	 *
	 * @param gone what is no longer listed
	 * @param suspected what is suspect from now on
	 */
	record Expiry(List<Lease> gone, List<Lease> suspected) {
	}

}
