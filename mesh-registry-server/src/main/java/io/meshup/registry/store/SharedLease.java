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
 * @param gone whether the instance is no longer listed: the store forgets its row
 * @param content what the leases say of it, opaque to the store; a row that is gone has
 * content too
 */
public record SharedLease(String service, String id, String node, boolean gone, byte[] content) {

	/**
	 * What the row is about, the same for every row of one instance.
	 * @return for example {@code inventory/i1}
	 */
	public String key() {
		return this.service + "/" + this.id;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SharedLease row && this.service.equals(row.service) && this.id.equals(row.id)
				&& this.node.equals(row.node) && this.gone == row.gone && Arrays.equals(this.content, row.content);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.service, this.id, this.node, this.gone, Arrays.hashCode(this.content));
	}

	@Override
	public String toString() {
		return key() + "@" + this.node + (this.gone ? " gone" : "");
	}

}
