package io.meshup.registry.store.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

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
 * Keeps the ledger from growing for ever. Looks at a start, after many more rows and once
 * a day; it reads everything then, so it waits until as much was written as is kept. Used
 * by the writer thread alone.
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
		if (ledger.count() < this.next && now.isBefore(this.looked.plus(DAY))) {
			return;
		}
		this.looked = now;
		try {
			RetentionPlan plan = new RetentionPlan(this.limits.maxVersions(), now.minus(this.limits.maxAge()));
			long kept = replay(ledger, plan);
			Set<Long> dropped = plan.dropped();
			if (!dropped.isEmpty()) {
				ledger.drop(dropped, now.toString());
				index.remove(dropped);
				logger.info("The history was cut to its limits: {} rows dropped, {} kept", dropped.size(),
						kept - dropped.size());
			}
			this.next = ledger.count() + Math.max(LEAST, kept);
		}
		catch (ApiProblem ex) {
			this.next = ledger.count() + LEAST;
			logger.warn("The history could not be cut to its limits; the next try is in a day or after {} more rows",
					LEAST, ex);
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
