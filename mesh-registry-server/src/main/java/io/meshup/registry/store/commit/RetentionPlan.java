package io.meshup.registry.store.commit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.meshup.registry.store.ledger.LedgerReplay;
import io.meshup.registry.store.ledger.chain.LedgerEntry;

/**
 * Decides which rows are to be dropped: never what is in force, else what is too old or
 * one version too many.
 */
public final class RetentionPlan implements LedgerReplay {

	private final int maxVersions;

	private final Instant oldest;

	private final Map<String, Deque<Long>> kept = new HashMap<>();

	private final Map<String, Long> ended = new HashMap<>();

	private final Set<Long> old = new HashSet<>();

	private final Set<Long> dropped = new HashSet<>();

	/**
	 * Begins to look.
	 * @param maxVersions how many versions of a rule stay
	 * @param oldest what is older may go
	 */
	public RetentionPlan(int maxVersions, Instant oldest) {
		this.maxVersions = maxVersions;
		this.oldest = oldest;
	}

	@Override
	public void row(long sequence, LedgerEntry entry) {
		String key = SubjectIndex.key(entry);
		boolean tooOld = instant(entry).isBefore(this.oldest);
		if (key.isEmpty()) {
			if (tooOld) {
				this.dropped.add(sequence);
			}
			return;
		}
		if (tooOld) {
			this.old.add(sequence);
		}
		Deque<Long> rows = this.kept.computeIfAbsent(key, (subject) -> new ArrayDeque<>());
		rows.addLast(sequence);
		this.ended.remove(key);
		if (entry.type().equals(LedgerEntry.RULE_DELETED) || entry.body().length == 0) {
			this.ended.put(key, sequence);
		}
		while (rows.size() > this.maxVersions) {
			this.dropped.add(rows.removeFirst());
		}
	}

	/**
	 * The rows to drop, once all were seen.
	 * @return their numbers
	 */
	public Set<Long> dropped() {
		this.kept.forEach((key, rows) -> {
			while (!rows.isEmpty() && this.old.contains(rows.peekFirst())
					&& (rows.size() > 1 || this.ended.containsKey(key))) {
				this.dropped.add(rows.removeFirst());
			}
		});
		return this.dropped;
	}

	private static Instant instant(LedgerEntry entry) {
		try {
			return Instant.parse(entry.at());
		}
		catch (DateTimeException ex) {
			return Instant.MAX;
		}
	}

}
