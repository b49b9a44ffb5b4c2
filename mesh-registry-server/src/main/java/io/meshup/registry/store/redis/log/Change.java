package io.meshup.registry.store.redis.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of the log of changes.
 *
 * @param position where it is in the log
 * @param id its own id
 * @param before the id of the entry before, so that a lost one is noticed
 * @param base the revision before it
 * @param top the revision after it
 * @param content what changed
 */
public record Change(String position, String id, String before, long base, long top, Content content) {

	public static Change read(String position, Map<String, byte[]> fields) {
		return new Change(position, text(fields, "id"), text(fields, "before"), Long.parseLong(text(fields, "base")),
				Long.parseLong(text(fields, "top")), Content.read(fields.getOrDefault("body", new byte[0])));
	}

	private static String text(Map<String, byte[]> fields, String name) {
		return Wire.text(fields.getOrDefault(name, new byte[0]));
	}

	/**
	 * What changed.
	 *
	 * @param services the services to publish, with their distance from the revision
	 * before
	 * @param rows rows of the ledger
	 * @param leases rows of leases
	 * @param forgotten the histories of which no row is kept any more
	 */
	public record Content(Map<String, Long> services, List<LedgerRow> rows, List<SharedLease> leases,
			List<String> forgotten) {

		public Content(Map<String, Long> services, List<LedgerRow> rows, List<SharedLease> leases) {
			this(services, rows, leases, List.of());
		}

		public byte[] write() {
			ObjectNode tree = MeshJson.mapper().createObjectNode();
			ObjectNode distances = tree.putObject("services");
			this.services.forEach(distances::put);
			ArrayNode entries = tree.putArray("rows");
			this.rows.forEach((row) -> entries.add(Wire.row(row)));
			ArrayNode said = tree.putArray("leases");
			this.leases.forEach((lease) -> said.add(Wire.lease(lease)));
			ArrayNode over = tree.putArray("forgotten");
			this.forgotten.forEach(over::add);
			return MeshJson.write(tree);
		}

		static Content read(byte[] body) {
			JsonNode tree = MeshJson.readTree(body);
			Map<String, Long> services = new LinkedHashMap<>();
			tree.path("services")
				.properties()
				.forEach((entry) -> services.put(entry.getKey(), entry.getValue().asLong(0)));
			List<LedgerRow> rows = new ArrayList<>();
			tree.path("rows").forEach((row) -> rows.add(Wire.row(row)));
			List<SharedLease> leases = new ArrayList<>();
			tree.path("leases").forEach((lease) -> leases.add(Wire.lease(lease)));
			List<String> forgotten = new ArrayList<>();
			tree.path("forgotten").forEach((history) -> forgotten.add(history.asString("")));
			return new Content(services, rows, leases, forgotten);
		}

		public List<SharedLease> leases(String service) {
			return this.leases.stream().filter((lease) -> lease.service().equals(service)).toList();
		}

	}

}
