package io.meshup.registry.store.redis.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.commit.Facts;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.log.Head;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node remembers of the ledger: the last row of each history, ends too, and the
 * newest rows as they are. It outlives a Redis that forgets. Changed under the lock of
 * its {@link SharedState}.
 */
final class Mirror {

	private static final Logger logger = LoggerFactory.getLogger(Mirror.class);

	private static final int MAX_TAIL = 2_000;

	private final Map<String, LedgerRow> rows = new HashMap<>();

	private final Deque<LedgerRow> tail = new ArrayDeque<>();

	private final Facts facts = new Facts();

	private volatile RuleSet rules = RuleSet.of(List.of(), 0);

	RuleSet rules() {
		return this.rules;
	}

	Facts facts() {
		return this.facts;
	}

	Map<String, LedgerRow> rows() {
		return this.rows;
	}

	/**
	 * The newest rows.
	 * @return in their order
	 */
	List<LedgerRow> tail() {
		return List.copyOf(this.tail);
	}

	/**
	 * Takes rows that were added to the ledger.
	 * @param added the rows
	 */
	void append(List<LedgerRow> added) {
		for (LedgerRow row : added) {
			this.tail.addLast(row);
			if (this.tail.size() > MAX_TAIL) {
				this.tail.removeFirst();
			}
		}
		take(added);
	}

	/**
	 * Takes what is newer than what is known.
	 * @param candidates rows
	 * @return the rows that were newer, and for rules the ones that they replaced
	 */
	Set<LedgerRow> take(Collection<LedgerRow> candidates) {
		return take(candidates, Mirror::isNewer);
	}

	/**
	 * Takes what is in Redis. Of two rules with one revision, which only a Redis can
	 * bring about that lost its newest writes, that of Redis has it.
	 * @param present the rows that are there
	 * @param head where the ledger ends there
	 * @return as {@link #take}
	 */
	Set<LedgerRow> adopt(Collection<LedgerRow> present, Head head) {
		if (!this.tail.isEmpty() && !Head.of(this.tail.getLast()).equals(head)) {
			this.tail.clear();
		}
		Set<String> there = present.stream().map((row) -> SubjectIndex.key(row.entry())).collect(Collectors.toSet());
		this.rows.entrySet()
			.removeIf((entry) -> !there.contains(entry.getKey()) && isForgotten(entry.getValue(), head));
		return take(present, (row, known) -> isNewer(row, known) || isOtherOfOneRevision(row, known));
	}

	private static boolean isOtherOfOneRevision(LedgerRow row, LedgerRow known) {
		return isRule(row) && row.entry().revision() == known.entry().revision() && !isSame(row, known);
	}

	/**
	 * The rules that will be dropped when others are adopted.
	 * @param present the rows that are in Redis
	 * @return what is in force here until then
	 */
	List<LedgerRow> overruledBy(Collection<LedgerRow> present) {
		List<LedgerRow> overruled = new ArrayList<>();
		for (LedgerRow row : present) {
			LedgerRow known = this.rows.get(SubjectIndex.key(row.entry()));
			if (known != null && isOtherOfOneRevision(row, known)) {
				overruled.add(known);
				logger.error(
						"Two nodes wrote {} under revision {} after Redis had lost its newest writes: the one that is "
								+ "in Redis holds, that of '{}' at {} is dropped and kept in the audit log",
						row.entry().subject(), row.entry().revision(), known.entry().author(), known.entry().at());
			}
		}
		return overruled;
	}

	/**
	 * Whether two rows say the same.
	 * @param row a row
	 * @param other another one of the same history
	 * @return whether nothing would change
	 */
	static boolean isSame(LedgerRow row, LedgerRow other) {
		return row.entry().type().equals(other.entry().type())
				&& Arrays.equals(row.entry().body(), other.entry().body());
	}

	private Set<LedgerRow> take(Collection<LedgerRow> candidates, BiPredicate<LedgerRow, LedgerRow> isTaken) {
		Set<LedgerRow> changed = new LinkedHashSet<>();
		RuleSet after = this.rules;
		for (LedgerRow row : candidates) {
			String key = SubjectIndex.key(row.entry());
			LedgerRow known = this.rows.get(key);
			if (key.isEmpty() || (known != null && !isTaken.test(row, known))) {
				continue;
			}
			this.rows.put(key, row);
			changed.add(row);
			if (!isRule(row)) {
				this.facts.put(fact(row.entry()));
				continue;
			}
			if (known != null) {
				changed.add(known);
			}
			after = put(after, row.entry());
		}
		this.rules = after;
		return changed;
	}

	private static RuleSet put(RuleSet rules, LedgerEntry entry) {
		long revision = Math.max(rules.revision(), entry.revision());
		return entry.type().equals(LedgerEntry.RULE_DELETED) ? rules.without(entry.subject(), revision)
				: rules.with(StoredRule.of(entry.body()), revision);
	}

	/**
	 * Forgets histories that have ended long ago.
	 * @param histories their keys
	 */
	void forget(Collection<String> histories) {
		histories.forEach((key) -> this.rows.computeIfPresent(key, (same, row) -> isEnd(row) ? null : row));
	}

	/**
	 * Whether a row that is not in Redis need not be there, since the history was cut.
	 * @param row a row
	 * @param head where the ledger ends there
	 * @return whether it is an end that Redis has had
	 */
	static boolean isForgotten(LedgerRow row, Head head) {
		return isEnd(row) && row.sequence() <= head.count();
	}

	private static boolean isEnd(LedgerRow row) {
		return row.entry().type().equals(LedgerEntry.RULE_DELETED) || row.entry().body().length == 0;
	}

	static boolean isRule(LedgerRow row) {
		return row.entry().type().equals(LedgerEntry.RULE) || row.entry().type().equals(LedgerEntry.RULE_DELETED);
	}

	/**
	 * Rules are compared by their revision, which no two have; facts by their place.
	 * @param row a row
	 * @param known another one of the same history
	 * @return whether the first came after the second
	 */
	static boolean isNewer(LedgerRow row, LedgerRow known) {
		return isRule(row) ? row.entry().revision() > known.entry().revision() : row.sequence() > known.sequence();
	}

	private static Fact fact(LedgerEntry entry) {
		return (entry.body().length == 0) ? Fact.over(entry.type(), entry.subject(), entry.author())
				: new Fact(entry.type(), entry.subject(), entry.author(), MeshJson.readTree(entry.body()));
	}

}
