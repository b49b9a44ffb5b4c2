package io.meshup.registry.store.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.commit.RetentionPlan;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.RowRange;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger from growing for ever. At a start it drops all that may go. Later it
 * does so in small steps between two commits, because writes wait meanwhile: what is one
 * version too many, once there is enough of it, and once a day what is too old. Used by
 * the writer thread alone.
 */
final class Retention {

	private static final Logger logger = LoggerFactory.getLogger(Retention.class);

	/** So many rows go in one step, and from so many blocks of rows. */
	private static final int SLICE = 256;

	private static final int BLOCKS = 2;

	private static final int PAGE = 250;

	private static final long TELL_AFTER = 10_000;

	private static final Duration DAY = Duration.ofDays(1);

	private final StoreProperties.History limits;

	private final InstantSource clock;

	private Instant looked = Instant.MIN;

	private @Nullable RetentionPlan plan;

	private long read;

	private boolean isOld;

	private long restsUntil;

	private long untold;

	Retention(StoreProperties.History limits, InstantSource clock) {
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * Drops all that may go.
	 * @param ledger the rows
	 * @param index what they are about
	 * @param revision of the last change of any rule
	 */
	void begin(Ledger ledger, SubjectIndex index, long revision) {
		long began = System.nanoTime();
		plan();
		boolean isMore = true;
		while (isMore && this.plan != null) {
			isMore = attempt(ledger, () -> readOn(ledger, index));
		}
		attempt(ledger, () -> drop(Set.copyOf(index.ended()), ledger, index, revision));
		tell(0, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
	}

	/**
	 * Does a step, if there is one to do.
	 * @param ledger the rows
	 * @param index what they are about
	 * @param revision of the last change of any rule
	 * @return whether the next one can be done at once
	 */
	boolean step(Ledger ledger, SubjectIndex index, long revision) {
		if (ledger.count() < this.restsUntil) {
			return false;
		}
		if (this.plan == null && !this.clock.instant().isBefore(this.looked.plus(DAY))) {
			plan();
		}
		if (this.plan != null) {
			return attempt(ledger, () -> readOn(ledger, index));
		}
		this.isOld = this.isOld && !index.ended().isEmpty();
		if (!this.isOld && index.ended().size() < SLICE) {
			return false;
		}
		boolean isDone = attempt(ledger, () -> drop(lowest(index), ledger, index, revision));
		tell(TELL_AFTER, 0);
		return isDone && (this.isOld || index.ended().size() >= SLICE);
	}

	private void plan() {
		this.looked = this.clock.instant();
		this.plan = new RetentionPlan(this.limits.maxVersions(), this.looked.minus(this.limits.maxAge()));
		this.read = 0;
	}

	private void readOn(Ledger ledger, SubjectIndex index) {
		RetentionPlan present = this.plan;
		if (present == null) {
			return;
		}
		List<LedgerRow> rows = ledger.read(RowRange.after(this.read, PAGE));
		for (LedgerRow row : rows) {
			present.row(row.sequence(), row.entry());
			this.read = row.sequence();
		}
		if (rows.isEmpty()) {
			this.plan = null;
			index.end(present.dropped());
			this.isOld = true;
		}
	}

	private static Set<Long> lowest(SubjectIndex index) {
		Set<Long> lowest = new TreeSet<>();
		Set<Long> blocks = new TreeSet<>();
		for (long sequence : index.ended()) {
			blocks.add(Ledger.block(sequence));
			if (blocks.size() > BLOCKS || lowest.size() == SLICE) {
				break;
			}
			lowest.add(sequence);
		}
		return lowest;
	}

	private void drop(Set<Long> rows, Ledger ledger, SubjectIndex index, long revision) {
		if (rows.isEmpty()) {
			return;
		}
		LedgerRow checkpoint = ledger.drop(rows, revision, this.clock.instant().toString());
		index.ended().removeAll(rows);
		index.add(checkpoint.sequence(), checkpoint.entry());
		this.untold += rows.size();
	}

	/**
	 * What the disk refuses is tried again after more rows.
	 * @param ledger the rows
	 * @param step what to do
	 * @return whether it was done
	 */
	private boolean attempt(Ledger ledger, Runnable step) {
		try {
			step.run();
			return true;
		}
		catch (ApiProblem ex) {
			this.restsUntil = ledger.count() + TELL_AFTER;
			this.plan = null;
			logger.warn("The history could not be cut to its limits; the next try is in a day or after {} more rows",
					TELL_AFTER, ex);
			return false;
		}
	}

	private void tell(long least, long millis) {
		if (this.untold > least) {
			logger.info("The history was cut to its limits: {} rows dropped{}", this.untold,
					(millis > 0) ? " in " + millis + " ms" : "");
			this.untold = 0;
		}
	}

}
