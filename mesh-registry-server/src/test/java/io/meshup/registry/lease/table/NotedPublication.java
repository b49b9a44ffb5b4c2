package io.meshup.registry.lease.table;

import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.lease.shared.Publication;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.SharedLease;

/**
 * Notes what is told; each change is a revision, published when the test says so.
 */
public final class NotedPublication implements Publication {

	private final List<String> changes;

	private final List<SharedLease> rows = new ArrayList<>();

	public volatile long last;

	public NotedPublication(List<String> changes) {
		this.changes = changes;
	}

	@Override
	public void changed(String service) {
		this.changes.add(service);
	}

	@Override
	public void share(SharedLease row) {
		this.changes.add(row.service());
		this.rows.add(row);
	}

	@Override
	public long last(String service) {
		return this.last;
	}

	/**
	 * Publishes a service with the rows that wait for it.
	 * @param table the table that shared them
	 * @param service the service
	 * @param revision its revision
	 */
	public void publish(LeaseTable table, String service, long revision) {
		List<SharedLease> taken = this.rows.stream().filter((row) -> row.service().equals(service)).toList();
		this.rows.removeAll(taken);
		table.published(table.publish(new ServiceChanged(service, revision, taken)));
	}

}
