package io.meshup.registry.store.redis.feed;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.log.CommitCall;
import io.meshup.registry.store.redis.log.Head;
import io.meshup.registry.store.redis.log.Snapshot;
import io.meshup.registry.store.rule.StoredRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes back what this node knows and Redis does not: after it was emptied, restarted
 * from an old file, or a replica took over that had not everything.
 */
public final class Recovery {

	/**
	 * The type of the entry which says that Redis had lost something.
	 */
	public static final String RESTORED = Fact.EVENT + "store-restored";

	private static final Logger logger = LoggerFactory.getLogger(Recovery.class);

	private final SharedState state;

	private final InstantSource clock;

	public Recovery(SharedState state, InstantSource clock) {
		this.state = state;
		this.clock = clock;
	}

	/**
	 * What has to be written.
	 * @param found what is in Redis
	 * @param id the id of the change
	 * @return a call of the script, or empty when Redis has everything
	 */
	Optional<CommitCall> plan(Snapshot found, String id) {
		SharedState.Basis known = this.state.basis();
		if (known.registry().isEmpty()) {
			return found.registry().isEmpty() ? Optional.of(creation(found, id)) : Optional.empty();
		}
		boolean isOther = !found.registry().isEmpty() && !found.registry().equals(known.registry());
		if (isOther && found.revision() > known.revision()) {
			logger.error(
					"Redis has another registry by now ({} instead of {}) and it is further on: this node follows "
							+ "it. Rules that only this node knows are added to it.",
					found.registry(), known.registry());
			known = new SharedState.Basis(found.registry(), known.rules(), known.head(), known.revision());
		}
		Map<String, LedgerRow> missing = this.state.missing(found);
		List<LedgerRow> replay = replay(found, known.head());
		if (missing.isEmpty() && replay.isEmpty() && found.registry().equals(known.registry())
				&& (!found.head().isEmpty() || known.head().equals(Head.NONE))) {
			return Optional.empty();
		}
		return Optional.of(restoration(found, known, missing, replay, id));
	}

	private static CommitCall creation(Snapshot found, String id) {
		String registry = UUID.randomUUID().toString();
		String head = found.head().isEmpty() ? Head.NONE.toString() : found.head();
		return new CommitCall(new CommitCall.Mark("", found.head()), new CommitCall.Mark(registry, head),
				found.revision(), found.revision(), id, Map.of(), List.of(), List.of());
	}

	// The rows that come after what Redis has, where its ledger is the beginning of the
	// one that is known here.
	private List<LedgerRow> replay(Snapshot found, Head known) {
		Head there = Head.parse(found.head());
		List<LedgerRow> tail = this.state.mirror().tail();
		if (there.count() >= known.count() || tail.isEmpty()) {
			return List.of();
		}
		if (found.head().isEmpty()) {
			return tail;
		}
		List<LedgerRow> after = tail.stream().filter((row) -> row.sequence() > there.count()).toList();
		boolean continues = !after.isEmpty() && after.get(0).sequence() == there.count() + 1
				&& Head.of(new LedgerRow(there.count(), after.get(0).entry(), new byte[0], after.get(0).previous()))
					.equals(there);
		return continues ? after : List.of();
	}

	private CommitCall restoration(Snapshot found, SharedState.Basis known, Map<String, LedgerRow> missing,
			List<LedgerRow> replay, String id) {
		List<LedgerRow> rows = new ArrayList<>(replay);
		Head head = (replay.isEmpty() && !found.head().isEmpty()) ? after(Head.parse(found.head()), known.head())
				: known.head();
		long rules = missing.values().stream().filter(Mirror::isRule).count();
		LedgerRow event = head.next(event(found, known, rules, missing.size() - rules));
		rows.add(event);
		head = Head.of(event);
		Map<String, LedgerRow> again = new LinkedHashMap<>(missing);
		replay.forEach((row) -> again.remove(SubjectIndex.key(row.entry()), row));
		for (LedgerRow row : again.values()) {
			LedgerRow next = head.next(row.entry());
			rows.add(next);
			head = Head.of(next);
		}
		List<SharedLease> leases = (found.registry().isEmpty() || !replay.isEmpty()) ? missingLeases(found) : List.of();
		Map<String, Long> services = services(missing, leases);
		long base = Math.max(found.revision(), known.revision());
		logger
			.warn("Redis had lost what was kept (revision {} instead of {}): {} rules and {} other entries are written "
					+ "back by this node", found.revision(), known.revision(), rules, missing.size() - rules);
		return new CommitCall(new CommitCall.Mark(found.registry(), found.head()),
				new CommitCall.Mark(known.registry(), head.toString()), base, base + services.size(), id, services,
				rows, leases);
	}

	private LedgerEntry event(Snapshot found, SharedState.Basis known, long rules, long others) {
		byte[] body = MeshJson.write(MeshJson.mapper()
			.createObjectNode()
			.put("found", found.registry().isEmpty() ? "nothing" : "revision " + found.revision())
			.put("known", "revision " + known.revision())
			.put("rules", rules)
			.put("others", others));
		return new LedgerEntry(Math.max(found.revision(), known.revision()), RESTORED, "registry", "registry",
				this.clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(), body);
	}

	// Facts are compared by their number, so it must be above those of both.
	private static Head after(Head there, Head known) {
		return new Head(Math.max(there.count(), known.count()), there.last());
	}

	// The instances of every node: those nodes may come back later than this one.
	private List<SharedLease> missingLeases(Snapshot found) {
		return this.state.leases().stream().filter((lease) -> !found.leases().containsKey(lease.key())).toList();
	}

	private static Map<String, Long> services(Map<String, LedgerRow> missing, List<SharedLease> leases) {
		Map<String, Long> services = new LinkedHashMap<>();
		leases.stream()
			.map(SharedLease::service)
			.distinct()
			.forEach((service) -> services.put(service, services.size() + 1L));
		missing.values()
			.stream()
			.filter((row) -> row.entry().type().equals(LedgerEntry.RULE))
			.map((row) -> StoredRule.of(row.entry().body()).service())
			.forEach((service) -> services.putIfAbsent(service, services.size() + 1L));
		return services;
	}

}
