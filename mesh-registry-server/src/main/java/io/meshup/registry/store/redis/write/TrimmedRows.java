package io.meshup.registry.store.redis.write;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.meshup.model.MeshJson;
import io.meshup.registry.store.commit.RetentionPlan;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.chain.KeptRows;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.log.Head;
import io.meshup.registry.store.redis.log.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the ledger without holding its rows: a digest of each block of them,
 * and which of them may go. So a row is read once, and once more when one of its block
 * goes. Used by one thread.
 */
final class TrimmedRows {

	private static final int PAGE = 100;

	private static final int MOST = 5_000;

	private static final int MOST_BLOCKS = 40;

	private final Parts parts;

	private final int versions;

	private KeptRows kept = new KeptRows();

	private SubjectIndex index = new SubjectIndex();

	private TreeMap<Long, List<LedgerRow>> blocks = new TreeMap<>();

	private @Nullable RetentionPlan plan;

	private Head read = Head.NONE;

	private long revision;

	private long own;

	private long pages;

	TrimmedRows(Parts parts, int versions) {
		this.parts = parts;
		this.versions = versions;
	}

	/**
	 * Begins anew; the next reading looks for what is too old as well.
	 * @param decision tells what that is
	 */
	void begin(RetentionPlan decision) {
		this.kept = new KeptRows();
		this.index = new SubjectIndex(this.versions);
		this.blocks = new TreeMap<>();
		this.plan = decision;
		this.read = Head.NONE;
		this.revision = 0;
	}

	/**
	 * Reads on.
	 * @param head where the ledger ends
	 * @return whether these are still the rows that were read before; else all must be
	 * read anew, since another node has cut the history or Redis has another ledger
	 */
	boolean readTo(Head head) {
		Head before = this.read;
		List<Boolean> foreign = new ArrayList<>();
		pages(before.count() + 1, head.count(), (row) -> {
			if (before.count() > 0 && !follows(row)) {
				foreign.add(true);
			}
			add(row);
		});
		RetentionPlan decision = this.plan;
		if (decision != null) {
			this.index.end(decision.dropped());
			this.plan = null;
		}
		return foreign.isEmpty() && (this.read.equals(head) || head.equals(Head.NONE));
	}

	private boolean follows(LedgerRow row) {
		return HexFormat.of().formatHex(row.previous()).equals(this.read.last())
				&& (row.sequence() == this.own || !row.entry().type().equals(LedgerEntry.CHECKPOINT));
	}

	private void add(LedgerRow row) {
		this.kept.add(row);
		this.index.add(row.sequence(), row.entry());
		this.revision = Math.max(this.revision, row.entry().revision());
		if (this.plan != null) {
			this.plan.row(row.sequence(), row.entry());
		}
		this.read = Head.of(row);
	}

	/**
	 * The rows that go next: so few that Redis is never long busy with it, and of so few
	 * blocks that these are soon read.
	 * @return their numbers, ascending
	 */
	Set<Long> next() {
		Set<Long> next = new TreeSet<>();
		Set<Long> touched = new TreeSet<>();
		for (long sequence : this.index.ended()) {
			touched.add(KeptRows.block(sequence));
			if (touched.size() > MOST_BLOCKS || next.size() == MOST) {
				break;
			}
			next.add(sequence);
		}
		return next;
	}

	/**
	 * What the ledger is without some rows.
	 * @param dropped their numbers
	 * @return the rest
	 */
	Rest without(Set<Long> dropped) {
		long last = KeptRows.block(this.read.count());
		this.blocks.keySet().removeIf((block) -> block >= last);
		dropped.forEach((sequence) -> this.blocks.computeIfAbsent(KeptRows.block(sequence), this::block));
		KeptRows after = this.kept.copy();
		Set<String> touched = new TreeSet<>();
		this.blocks.forEach((block, rows) -> {
			after.replace(block, rows.stream().filter((row) -> !dropped.contains(row.sequence())).toList());
			rows.stream()
				.filter((row) -> dropped.contains(row.sequence()))
				.forEach((row) -> touched.add(SubjectIndex.key(row.entry())));
		});
		touched.remove("");
		return new Rest(after, touched, this.revision);
	}

	private List<LedgerRow> block(long block) {
		List<LedgerRow> rows = new ArrayList<>();
		pages(block * KeptRows.BLOCK + 1, Math.min(this.read.count(), (block + 1) * KeptRows.BLOCK), rows::add);
		return rows;
	}

	/**
	 * The rows of a history that are still kept.
	 * @param history its key
	 * @return their numbers, ascending
	 */
	List<Long> of(String history) {
		return this.index.of(history);
	}

	/**
	 * Notes that rows are gone.
	 * @param dropped their numbers
	 * @param rest what is left
	 * @param checkpoint the row that stands for them
	 */
	void dropped(Set<Long> dropped, Rest rest, LedgerRow checkpoint) {
		this.kept = rest.kept();
		this.index.ended().removeAll(dropped);
		this.blocks = new TreeMap<>();
		this.own = checkpoint.sequence();
		add(checkpoint);
	}

	boolean isMore() {
		return !this.index.ended().isEmpty();
	}

	/**
	 * How much was read so far.
	 * @return pages of rows
	 */
	long pages() {
		return this.pages;
	}

	private void pages(long from, long to, Consumer<LedgerRow> reader) {
		long next = from;
		List<StreamMessage<String, byte[]>> page;
		do {
			Range<String> range = Range.create(next + "-0", to + "-0");
			page = (next > to) ? List.of() : this.parts.line()
				.call((commands) -> commands.xrange(this.parts.keys().ledger(), range, Limit.from(PAGE)));
			this.pages++;
			for (StreamMessage<String, byte[]> entry : page) {
				LedgerRow row = Wire.row(MeshJson.readTree(entry.getBody().getOrDefault("row", new byte[0])));
				reader.accept(row);
				next = row.sequence() + 1;
			}
		}
		while (page.size() == PAGE);
	}

	/**
	 * What is left when some rows are gone.
	 *
	 * @param kept the digests of the rows
	 * @param touched the histories that lose rows
	 * @param revision the last one of any row
	 */
	record Rest(KeptRows kept, Set<String> touched, long revision) {
	}

}
