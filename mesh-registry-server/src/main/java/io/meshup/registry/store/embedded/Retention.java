package io.meshup.registry.store.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.commit.RetentionPlan;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.LedgerRow;
import io.meshup.registry.store.ledger.RowRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger from growing for ever. At a start and once a day it reads everything,
 * for what is too old. After as many more rows as are kept it counts versions, which the
 * index knows: writes wait meanwhile. Used by the writer thread alone.
 */
final class Retention {

	private static final Logger logger = LoggerFactory.getLogger(Retention.class);

	private static final int PAGE = 1_000;

	private static final long LEAST = 10_000;

	private static final Duration DAY = Duration.ofDays(1);

	private final StoreProperties.History limits;

	private final InstantSource clock;

	private Instant looked = Instant.MIN;

	private long next;

	private long left;

	private long lookedThrough;

	Retention(StoreProperties.History limits, InstantSource clock) {
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * Drops what may go, when it is time to look.
	 * @param ledger the rows
	 * @param index told what went
	 */
	void lookAt(Ledger ledger, SubjectIndex index) {
		Instant now = this.clock.instant();
		boolean isDaily = !now.isBefore(this.looked.plus(DAY));
		if (ledger.count() < this.next && !isDaily) {
			return;
		}
		long kept = this.left + ledger.count() - this.lookedThrough;
		try {
			if (isDaily) {
				this.looked = now;
				RetentionPlan plan = new RetentionPlan(this.limits.maxVersions(), now.minus(this.limits.maxAge()));
				kept = replay(ledger, plan);
				drop(plan.dropped(), kept, ledger, index);
			}
			else {
				drop(index.beyond(this.limits.maxVersions()), kept, ledger, index);
			}
			this.next = ledger.count() + Math.max(LEAST, kept);
		}
		catch (ApiProblem ex) {
			this.next = ledger.count() + LEAST;
			logger.warn("The history could not be cut to its limits; the next try is in a day or after {} more rows",
					LEAST, ex);
		}
	}

	private void drop(Set<Long> dropped, long kept, Ledger ledger, SubjectIndex index) {
		long began = System.nanoTime();
		this.left = kept;
		this.lookedThrough = ledger.count();
		if (!dropped.isEmpty()) {
			ledger.drop(dropped, this.clock.instant().toString());
			index.remove(dropped);
			this.left = kept - dropped.size();
			logger.info("The history was cut to its limits in {} ms: {} rows dropped, {} kept",
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), dropped.size(), this.left);
		}
	}

	private static long replay(Ledger ledger, RetentionPlan plan) {
		long kept = 0;
		long last = 0;
		List<LedgerRow> rows = ledger.read(RowRange.after(0, PAGE));
		while (!rows.isEmpty()) {
			for (LedgerRow row : rows) {
				plan.row(row.sequence(), row.entry());
				last = row.sequence();
				kept++;
			}
			rows = ledger.read(RowRange.after(last, PAGE));
		}
		return kept;
	}

}
