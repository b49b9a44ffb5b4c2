package io.meshup.registry.lease.shared;

import java.time.Instant;
import java.util.List;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.store.SharedLease;
import org.jspecify.annotations.Nullable;

/**
 * What the log of all nodes says of one instance. Immutable.
 *
 * @param key the instance
 * @param node the node that holds its lease
 * @param isGone whether it is no longer listed
 * @param content what that node said
 * @param drain since when callers can know that it is leaving, {@code null} unless it
 * says so
 */
public record LeaseRow(LeaseKey key, String node, boolean isGone, Content content, @Nullable DrainMark drain) {

	static LeaseRow of(SharedLease row) {
		return new LeaseRow(new LeaseKey(row.service(), row.id()), row.node(), row.gone(),
				MeshJson.read(row.content(), Content.class), null);
	}

	/**
	 * As it travels.
	 * @param over who held the id before
	 * @return the row for the store
	 */
	public SharedLease after(Holder over) {
		String begin = this.isGone ? over.before(this.node, over.incarnation())
				: over.before(this.node, this.content.incarnation);
		return new SharedLease(this.key.service(), this.key.id(), this.node, holder().toString(), begin, this.isGone,
				MeshJson.write(this.content));
	}

	public Holder holder() {
		return new Holder(this.node, this.content.incarnation, isSuspect());
	}

	public boolean isSuspect() {
		return this.content.instance.status() == InstanceStatus.SUSPECT;
	}

	public boolean isOf(String process) {
		return this.content.incarnation.equals(process);
	}

	/**
	 * The instance as operators see it, as far as rows tell.
	 * @return without what only its beats say
	 */
	public ListedInstance listed() {
		return new ListedInstance(this.content.instance, this.content.registeredAt, this.content.registeredAt, 0,
				List.of(), List.of());
	}

	LeaseRow withDrain(@Nullable DrainMark mark) {
		return new LeaseRow(this.key, this.node, this.isGone, this.content, mark);
	}

	/**
	 * What travels between the nodes.
	 *
	 * @param incarnation the process that holds the id
	 * @param word what the instance says of itself
	 * @param instance what callers see
	 * @param registeredAt when a registry first heard of it
	 * @param drainSince when it said first that it is leaving, or {@code null}
	 * @param hasLeft whether it went by its own word, when it is gone
	 */
	public record Content(String incarnation, InstanceStatus word, Instance instance, Instant registeredAt,
			@Nullable Instant drainSince, boolean hasLeft) {
	}

}
