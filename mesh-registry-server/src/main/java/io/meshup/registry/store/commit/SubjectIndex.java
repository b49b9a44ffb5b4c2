package io.meshup.registry.store.commit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

import io.meshup.registry.store.Fact;
import io.meshup.registry.store.ledger.chain.LedgerEntry;

/**
 * Which rows are about the same subject. Used by the writer thread alone.
 */
public final class SubjectIndex {

	private final Map<String, List<Long>> rows = new HashMap<>();

	private final NavigableSet<Long> ended = new TreeSet<>();

	private final int most;

	/**
	 * Makes one that keeps everything.
	 */
	public SubjectIndex() {
		this(Integer.MAX_VALUE);
	}

	/**
	 * Makes one that lets go what is one version too many.
	 * @param most how many rows a history may have
	 */
	public SubjectIndex(int most) {
		this.most = most;
	}

	/**
	 * What makes rows one history: a rule's revisions and its ends, a fact's states. An
	 * event has none.
	 * @param entry a row
	 * @return the key, or empty
	 */
	public static String key(LedgerEntry entry) {
		return switch (entry.type()) {
			case LedgerEntry.RULE, LedgerEntry.RULE_DELETED -> rule(entry.subject());
			case LedgerEntry.CHECKPOINT -> "";
			default -> entry.type().startsWith(Fact.EVENT) ? "" : entry.type() + ":" + entry.subject();
		};
	}

	/**
	 * What makes rows the history of a rule.
	 * @param id kind and name
	 * @return the key
	 */
	public static String rule(String id) {
		return "rule:" + id;
	}

	/**
	 * Takes a row.
	 * @param sequence its number
	 * @param entry its content
	 */
	public void add(long sequence, LedgerEntry entry) {
		String key = entry.type().equals(LedgerEntry.CHECKPOINT) ? entry.type() : key(entry);
		if (key.isEmpty()) {
			return;
		}
		List<Long> history = this.rows.computeIfAbsent(key, (subject) -> new ArrayList<>());
		history.add(sequence);
		if (history.size() > this.most) {
			this.ended.add(history.remove(0));
		}
	}

	/**
	 * The rows of a history.
	 * @param key its key
	 * @return their numbers, ascending
	 */
	public List<Long> of(String key) {
		return this.rows.getOrDefault(key, List.of());
	}

	/**
	 * The row before on the same subject.
	 * @param sequence a row
	 * @param entry its content
	 * @return its number, or 0
	 */
	public long earlier(long sequence, LedgerEntry entry) {
		List<Long> all = of(key(entry));
		int at = Collections.binarySearch(all, sequence);
		return (at > 0) ? all.get(at - 1) : 0;
	}

	/**
	 * The rows that may go: those that are one version too many, and those of
	 * {@link #end}.
	 * @return the numbers, ascending; changed by every call
	 */
	public NavigableSet<Long> ended() {
		return this.ended;
	}

	/**
	 * Says that rows may go: they are no longer part of any history.
	 * @param gone their numbers
	 */
	public void end(Set<Long> gone) {
		this.rows.values().forEach((all) -> all.removeIf(gone::contains));
		this.rows.values().removeIf(List::isEmpty);
		this.ended.addAll(gone);
	}

}
