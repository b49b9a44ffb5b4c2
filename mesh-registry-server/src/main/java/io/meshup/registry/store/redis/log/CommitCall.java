package io.meshup.registry.store.redis.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.chain.LedgerRow;

/**
 * One run of the script that keeps rows.
 *
 * @param before the registry and the head as they must be
 * @param after the registry and the head that it leaves
 * @param base the revision that must not be exceeded yet
 * @param top the revision after it
 * @param id the change's id
 * @param services the services to publish, with their distance from the base
 * @param rows the new rows of the ledger
 * @param leases rows of leases that are put where there are none
 */
public record CommitCall(Mark before, Mark after, long base, long top, String id, Map<String, Long> services,
		List<LedgerRow> rows, List<SharedLease> leases) {

	/**
	 * The arguments in the order in which the script takes them.
	 * @return the arguments
	 */
	public List<byte[]> arguments() {
		List<byte[]> arguments = new ArrayList<>(List.of(Wire.bytes(this.before.registry()),
				Wire.bytes(this.after.registry()), Wire.bytes(this.before.head()), Wire.bytes(this.after.head()),
				Wire.bytes(this.base), Wire.bytes(this.top), Wire.bytes(this.id),
				new Change.Content(this.services, this.rows, this.leases).write(), Wire.bytes(this.rows.size())));
		for (LedgerRow row : this.rows) {
			arguments.add(Wire.bytes(row.sequence()));
			arguments.add(MeshJson.write(Wire.row(row)));
			arguments.add(Wire.bytes(SubjectIndex.key(row.entry())));
		}
		for (SharedLease lease : this.leases) {
			arguments.add(Wire.bytes(lease.key()));
			arguments.add(MeshJson.write(Wire.lease(lease)));
		}
		return arguments;
	}

	/**
	 * What a commit expects or leaves.
	 *
	 * @param registry the registry's own name, empty where there is none
	 * @param head how far the ledger goes, empty where there is none
	 */
	public record Mark(String registry, String head) {
	}

}
