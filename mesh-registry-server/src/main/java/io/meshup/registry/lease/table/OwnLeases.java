package io.meshup.registry.lease.table;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.shared.LeaseRow;
import org.jspecify.annotations.Nullable;

/**
 * The leases that this node holds. Changed by the table's one writer, read by any thread.
 */
final class OwnLeases {

	private final Map<String, ServiceLeases> services = new ConcurrentHashMap<>();

	private final AtomicInteger size = new AtomicInteger();

	private long stretchedNanos;

	int size() {
		return this.size.get();
	}

	Collection<ServiceLeases> services() {
		return this.services.values();
	}

	@Nullable Lease find(LeaseKey key) {
		ServiceLeases service = this.services.get(key.service());
		return (service != null) ? service.find(key.id()) : null;
	}

	List<ListedInstance> listed(String service) {
		ServiceLeases leases = this.services.get(service);
		return (leases != null) ? leases.listed() : List.of();
	}

	Collection<String> gone(String service) {
		ServiceLeases leases = this.services.get(service);
		return (leases != null) ? leases.gone() : List.of();
	}

	void add(Lease lease) {
		service(lease.key()).add(lease);
		this.size.incrementAndGet();
	}

	void remove(Lease lease, boolean isRemembered) {
		service(lease.key()).remove(lease, isRemembered);
		this.size.decrementAndGet();
	}

	/**
	 * Forgets a lease that another node holds now, or that has ended there.
	 * @param lease the lease
	 */
	void cede(Lease lease) {
		service(lease.key()).cede(lease);
		this.size.decrementAndGet();
	}

	void rememberGone(LeaseKey key) {
		service(key).rememberGone(key.id());
	}

	void lostElsewhere(LeaseKey key, long now) {
		service(key).lostElsewhere(now);
	}

	void forgetGone() {
		this.services.values().forEach(ServiceLeases::forgetGone);
	}

	/**
	 * Gives leases that run as much time as is told at present.
	 * @param interval between two beats
	 */
	void stretch(long interval) {
		if (interval - this.stretchedNanos >= LeaseTimes.STRETCH_NANOS) {
			services().forEach((service) -> service.each((lease) -> lease.stretch(interval)));
			this.stretchedNanos = interval;
		}
		else if (interval < this.stretchedNanos) {
			this.stretchedNanos = interval;
		}
	}

	/**
	 * Lets time take its course for one service.
	 * @param service the service
	 * @param now the present
	 * @param isRemembered whether those that go are listed as gone
	 * @param elsewhere the instances of the service that other nodes hold
	 * @return what others can see of it
	 */
	ServiceLeases.Expiry expire(ServiceLeases service, long now, boolean isRemembered, List<LeaseRow> elsewhere) {
		ServiceLeases.Expiry expiry = service.expire(now, isRemembered, elsewhere);
		this.size.addAndGet(-expiry.gone().size());
		if (service.isForgettable()) {
			this.services.remove(service.name());
		}
		return expiry;
	}

	private ServiceLeases service(LeaseKey key) {
		return this.services.computeIfAbsent(key.service(), ServiceLeases::new);
	}

}
