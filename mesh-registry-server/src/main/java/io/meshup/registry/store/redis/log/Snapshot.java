package io.meshup.registry.store.redis.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.ledger.chain.LedgerRow;

/**
 * All that is in Redis at one moment.
 *
 * @param registry the registry's own name; empty where there is none
 * @param revision the last revision
 * @param last the id of the last change
 * @param head how far the ledger goes; empty where there is none
 * @param position where the log of changes ends
 * @param rows the last row of each history
 * @param leases the last row of each instance
 */
public record Snapshot(String registry, long revision, String last, String head, String position,
		Map<String, LedgerRow> rows, Map<String, SharedLease> leases) {

	public static Snapshot read(List<Object> reply) {
		Map<String, LedgerRow> rows = new HashMap<>();
		Wire.fields(reply.get(5)).forEach((key, value) -> rows.put(key, Wire.row(MeshJson.readTree(value))));
		Map<String, SharedLease> leases = new HashMap<>();
		Wire.fields(reply.get(6)).forEach((key, value) -> leases.put(key, Wire.lease(MeshJson.readTree(value))));
		return new Snapshot(Wire.text(reply.get(0)), Long.parseLong(Wire.text(reply.get(1))), Wire.text(reply.get(2)),
				Wire.text(reply.get(3)), Wire.text(reply.get(4)), rows, leases);
	}

}
