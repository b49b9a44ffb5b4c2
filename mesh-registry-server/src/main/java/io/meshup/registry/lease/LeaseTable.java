package io.meshup.registry.lease;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.meshup.model.Beat;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * All leases and their rules, in plain Java. One thread changes it; any thread may read
 * what is listed. Each visible change is told before the method returns.
 */
final class LeaseTable {

	private static final Set<InstanceStatus> CALLING = EnumSet.of(InstanceStatus.UP, InstanceStatus.DRAINING);

	private final Map<String, ServiceLeases> services = new ConcurrentHashMap<>();

	private final Map<LeaseKey, List<Line>> lines = new ConcurrentHashMap<>();

	private final LongSupplier nanoClock;

	private final InstantSource wallClock;

	private final Publication publication;

	private final long startNanos;

	private long tickNanos;

	private long graceUntilNanos;

	private final AtomicInteger size = new AtomicInteger();

	private volatile boolean isPartial = true;

	LeaseTable(LongSupplier nanoClock, InstantSource wallClock, Publication publication) {
		this.nanoClock = nanoClock;
		this.wallClock = wallClock;
		this.publication = publication;
		this.startNanos = nanoClock.getAsLong();
		this.tickNanos = this.startNanos;
		this.graceUntilNanos = this.startNanos;
	}

	/**
	 * Registers or renews.
	 * @param key which instance
	 * @param beat what it says
	 * @return the nanoseconds until the next beat is due
	 * @throws LeaseConflict when another process that is alive holds the id
	 */
	long beat(LeaseKey key, Beat beat) {
		ServiceLeases service = this.services.computeIfAbsent(key.service(), ServiceLeases::new);
		Lease lease = service.find(key.id());
		requireOwner(key, lease, beat.incarnation());
		boolean isNew = lease == null;
		if (lease == null) {
			lease = new Lease(key, beat, this.wallClock.instant());
			this.size.incrementAndGet();
		}
		Instance before = isNew ? null : lease.listed().instance();
		long interval = LeaseTimes.beatNanos(this.size.get());
		lease.renew(beat, this.nanoClock.getAsLong(), interval, this.wallClock.instant());
		if (isNew) {
			service.add(lease);
		}
		tell(lease, before);
		return interval;
	}

	/**
	 * Ends a lease at once.
	 * @param key which instance
	 * @param incarnation who asks, empty for whoever owns it
	 * @return whether it was listed
	 * @throws LeaseConflict when another process that is alive holds the id
	 */
	boolean leave(LeaseKey key, String incarnation) {
		ServiceLeases service = this.services.get(key.service());
		Lease lease = (service != null) ? service.find(key.id()) : null;
		if (service == null || lease == null) {
			leaveUnseen(key);
			return false;
		}
		if (!incarnation.isEmpty()) {
			requireOwner(key, lease, incarnation);
		}
		service.remove(lease, this.isPartial);
		this.size.decrementAndGet();
		this.publication.changed(key.service());
		return true;
	}

	/**
	 * Counts a line.
	 * @param line a new line
	 * @throws LeaseConflict when another process that is alive holds the id
	 */
	void open(Line line) {
		Lease lease = find(line.key());
		if (lease != null && !lease.isSuspect() && !line.isOf(lease.incarnation())) {
			throw new LeaseConflict(line.key());
		}
		this.lines.computeIfAbsent(line.key(), (key) -> new CopyOnWriteArrayList<>()).add(line);
		if (lease != null && line.isOf(lease.incarnation())) {
			changeVisibly(lease, () -> lease.lineOpened(this.nanoClock.getAsLong()));
		}
	}

	/**
	 * A line broke or was ended.
	 * @param line one that was opened; closing it again does nothing
	 */
	void close(Line line) {
		List<Line> left = this.lines.getOrDefault(line.key(), List.of());
		if (!left.remove(line)) {
			return;
		}
		if (left.isEmpty()) {
			this.lines.remove(line.key());
		}
		Lease lease = find(line.key());
		if (lease != null && line.isOf(lease.incarnation())
				&& left.stream().noneMatch((other) -> other.isOf(lease.incarnation()))) {
			changeVisibly(lease, () -> lease.lineBroke(this.nanoClock.getAsLong()));
		}
	}

	/**
	 * Lets time take its course; called each {@link LeaseTimes#TICK_NANOS}.
	 */
	void tick() {
		long now = this.nanoClock.getAsLong();
		if (now - this.tickNanos > LeaseTimes.TICK_NANOS + LeaseTimes.PAUSE_NANOS) {
			this.graceUntilNanos = now + LeaseTimes.leaseNanos(LeaseTimes.beatNanos(this.size.get()));
		}
		this.tickNanos = now;
		if (this.isPartial && now - this.startNanos >= LeaseTimes.PARTIAL_NANOS) {
			this.isPartial = false;
			this.services.values().forEach(ServiceLeases::forgetGone);
		}
		if (now - this.graceUntilNanos >= 0) {
			this.services.values().forEach((service) -> expire(service, now));
		}
	}

	int size() {
		return this.size.get();
	}

	int lines() {
		return this.lines.values().stream().mapToInt(List::size).sum();
	}

	boolean isPartial() {
		return this.isPartial;
	}

	List<String> services() {
		return this.services.values()
			.stream()
			.filter((service) -> !service.isEmpty())
			.map(ServiceLeases::name)
			.sorted()
			.toList();
	}

	List<ListedInstance> instances(String service) {
		ServiceLeases leases = this.services.get(service);
		return (leases != null) ? leases.listed() : List.of();
	}

	Collection<String> gone(String service) {
		ServiceLeases leases = this.services.get(service);
		return (leases != null) ? leases.gone() : List.of();
	}

	List<Watcher> watchers(String service) {
		List<Watcher> found = new ArrayList<>();
		watching(service,
				(lease) -> found.add(new Watcher(lease.key().service(), lease.key().id(), lease.listed().applied())));
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
		watching(key.service(), (lease) -> {
			ListedInstance listed = lease.listed();
			if (lease.key().equals(key) || !CALLING.contains(listed.instance().status())) {
				return;
			}
			total.incrementAndGet();
			if (revision == DrainMark.UNPUBLISHED || listed.applied() < revision) {
				silent.add(lease.key().toString());
			}
			else if (listed.busy().contains(key.toString())) {
				busy.add(lease.key().toString());
			}
		});
		Collections.sort(silent);
		Collections.sort(busy);
		return new Awaited(total.get(), silent, busy);
	}

	/**
	 * Since when callers can know that an instance is leaving by its own word.
	 * @param key the instance
	 * @return {@code null} unless it is
	 */
	@Nullable DrainMark drain(LeaseKey key) {
		Lease lease = find(key);
		return (lease != null) ? lease.drain() : null;
	}

	Optional<ListedInstance> find(String service, String id) {
		return Optional.ofNullable(find(new LeaseKey(service, id))).map(Lease::listed);
	}

	/**
	 * A revision of a service was published.
	 * @param service the service
	 * @param revision its revision
	 */
	void published(String service, long revision) {
		ServiceLeases leases = this.services.get(service);
		if (leases != null) {
			leases.published(revision);
		}
	}

	private void watching(String service, Consumer<Lease> consumer) {
		this.lines.forEach((key, open) -> {
			Lease lease = find(key);
			if (lease != null && open.stream()
				.anyMatch((line) -> line.isOf(lease.incarnation())
						&& (line.watches(service) || key.service().equals(service)))) {
				consumer.accept(lease);
			}
		});
	}

	/**
	 * An instance that leaves before this registry has heard of it: callers that know it
	 * from before the start keep it until they are told.
	 * @param key which instance
	 */
	private void leaveUnseen(LeaseKey key) {
		if (this.isPartial) {
			this.services.computeIfAbsent(key.service(), ServiceLeases::new).rememberGone(key.id());
			this.publication.changed(key.service());
		}
	}

	private void expire(ServiceLeases service, long now) {
		ServiceLeases.Expiry expiry = service.expire(now, this.isPartial);
		this.size.addAndGet(-expiry.gone());
		if (expiry.isVisible()) {
			this.publication.changed(service.name());
		}
		if (service.isForgettable()) {
			this.services.remove(service.name());
		}
	}

	private void changeVisibly(Lease lease, Runnable change) {
		Instance before = lease.listed().instance();
		change.run();
		tell(lease, before);
	}

	private void tell(Lease lease, @Nullable Instance before) {
		Instance now = lease.listed().instance();
		if (now.equals(before)) {
			return;
		}
		String service = lease.key().service();
		if (now.status() == InstanceStatus.DRAINING && (before == null || before.status() != InstanceStatus.DRAINING)) {
			lease.drains(DrainMark.of(this.wallClock.instant(), this.publication.last(service)));
		}
		this.publication.changed(service);
	}

	private void requireOwner(LeaseKey key, @Nullable Lease lease, String incarnation) {
		if (lease != null && !lease.isSuspect() && !lease.incarnation().equals(incarnation)) {
			throw new LeaseConflict(key);
		}
	}

	private @Nullable Lease find(LeaseKey key) {
		ServiceLeases service = this.services.get(key.service());
		return (service != null) ? service.find(key.id()) : null;
	}

}
