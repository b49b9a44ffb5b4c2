package io.meshup.registry.store;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What one node says of one instance whose lease it holds. Immutable; callers must not
 * change the bytes.
 *
 * @param service the instance's service
 * @param id its id, unique within the service
 * @param node the node that holds the lease, see {@link Nodes#self()}
 * @param holder who holds the id and how: begins with the node and a space
 * @param over how the holder of the row must begin that this one may replace; {@code -}
 * where its author knew of none
 * @param gone whether the instance is no longer listed: the store forgets its row
 * @param content what the leases say of it, opaque to the store; a row that is gone has
 * content too
 */
public record SharedLease(String service, String id, String node, String holder, String over, boolean gone,
		byte[] content) {

	/**
	 * What the row is about, the same for every row of one instance.
	 * @return for example {@code inventory/i1}
	 */
	public String key() {
		return this.service + "/" + this.id;
	}

	/**
	 * Whether the row counts. Only the node that holds a lease changes it, or one that
	 * knew who held it and takes it over: so what a node says that stood still, or that
	 * the log has overtaken, counts for nothing, and of two that claim one id at the same
	 * moment the first in the log has it. Every row is published, but the store's last
	 * row of an instance changes only with one that counts, so that who loads it and who
	 * followed the log know the same.
	 * @param present the holder in the store's last row of the instance, {@code null}
	 * when there is none
	 * @return whether this is the last row from now on, or ends it
	 */
	public boolean follows(@Nullable String present) {
		if (present == null) {
			return !this.gone;
		}
		return present.startsWith(this.node + " ") || present.startsWith(this.over);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SharedLease row && this.service.equals(row.service) && this.id.equals(row.id)
				&& this.holder.equals(row.holder) && this.over.equals(row.over) && this.gone == row.gone
				&& Arrays.equals(this.content, row.content);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.service, this.id, this.holder, this.over, this.gone, Arrays.hashCode(this.content));
	}

	@Override
	public String toString() {
		return key() + " " + this.holder + (this.gone ? " gone" : "");
	}

}
