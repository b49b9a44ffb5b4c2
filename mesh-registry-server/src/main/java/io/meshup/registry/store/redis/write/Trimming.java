package io.meshup.registry.store.redis.write;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.meshup.model.MeshJson;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.commit.RetentionPlan;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.chain.Checkpoint;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.RedisScript;
import io.meshup.registry.store.redis.feed.SharedState;
import io.meshup.registry.store.redis.log.Change;
import io.meshup.registry.store.redis.log.Head;
import io.meshup.registry.store.redis.log.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger in Redis from growing for ever. One node does it, when it is time:
 * once a day and after many more rows. At most 5,000 rows go at once, so that Redis is
 * never long busy with it. Used by one thread.
 */
public final class Trimming {

	private static final Logger logger = LoggerFactory.getLogger(Trimming.class);

	private static final int PAGE = 100;

	private static final long LEAST = 10_000;

	private static final int MOST = 5_000;

	private static final Duration DAY = Duration.ofDays(1);

	private final StoreProperties.History limits;

	private final InstantSource clock;

	private Instant looked = Instant.MIN;

	private long next = LEAST;

	public Trimming(StoreProperties.History limits, InstantSource clock) {
		this.limits = limits;
		this.clock = clock;
	}

	boolean isDue(Head head) {
		return head.count() >= this.next || !this.clock.instant().isBefore(this.looked.plus(DAY));
	}

	/**
	 * Drops what may go. When another node writes meanwhile, the next time will do.
	 * @param parts how Redis is reached
	 * @param basis what is in force
	 */
	void trim(Parts parts, SharedState.Basis basis) {
		Instant now = this.clock.instant();
		RetentionPlan plan = new RetentionPlan(this.limits.maxVersions(), now.minus(this.limits.maxAge()));
		List<LedgerRow> rows = read(parts, basis.head());
		this.looked = now;
		this.next = basis.head().count() + LEAST;
		rows.forEach((row) -> plan.row(row.sequence(), row.entry()));
		Set<Long> dropped = oldest(plan.dropped());
		if (dropped.isEmpty()) {
			this.next = basis.head().count() + Math.max(LEAST, rows.size());
			return;
		}
		List<Object> reply = parts.line()
			.run(RedisScript.DROP, parts.keys().forDrop(), arguments(parts.ids().get(), basis, rows, dropped));
		if (Wire.text(reply.get(0)).equals("ok")) {
			long after = (dropped.size() == MOST) ? 0 : Math.max(LEAST, rows.size());
			this.next = basis.head().count() + after;
			logger.info("The history was cut to its limits: {} rows dropped, {} kept", dropped.size(),
					rows.size() - dropped.size());
		}
	}

	private static Set<Long> oldest(Set<Long> dropped) {
		return dropped.stream().sorted().limit(MOST).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static List<LedgerRow> read(Parts parts, Head head) {
		List<LedgerRow> rows = new ArrayList<>();
		long last = 0;
		List<StreamMessage<String, byte[]>> page;
		do {
			Range<String> range = Range.create((last + 1) + "-0", head.count() + "-0");
			page = parts.line().call((commands) -> commands.xrange(parts.keys().ledger(), range, Limit.from(PAGE)));
			for (StreamMessage<String, byte[]> entry : page) {
				LedgerRow row = Wire.row(MeshJson.readTree(entry.getBody().getOrDefault("row", new byte[0])));
				rows.add(row);
				last = row.sequence();
			}
		}
		while (page.size() == PAGE);
		return rows;
	}

	private List<byte[]> arguments(String id, SharedState.Basis basis, List<LedgerRow> rows, Set<Long> dropped) {
		byte[] kept = new byte[32];
		long revision = 0;
		SubjectIndex index = new SubjectIndex();
		Set<String> touched = new HashSet<>();
		for (LedgerRow row : rows) {
			if (dropped.contains(row.sequence())) {
				touched.add(SubjectIndex.key(row.entry()));
				continue;
			}
			kept = Checkpoint.fold(kept, row);
			revision = Math.max(revision, row.entry().revision());
			index.add(row.sequence(), row.entry());
		}
		touched.remove("");
		List<String> forgotten = touched.stream().filter((history) -> index.of(history).isEmpty()).toList();
		byte[] last = HexFormat.of().parseHex(basis.head().last());
		LedgerRow checkpoint = basis.head()
			.next(new Checkpoint(basis.head().count(), last, kept).entry(revision,
					this.looked.truncatedTo(ChronoUnit.MILLIS).toString(), dropped.size()));
		List<byte[]> arguments = new ArrayList<>(List.of(Wire.bytes(basis.registry()),
				Wire.bytes(basis.head().toString()), Wire.bytes(Head.of(checkpoint).toString()), Wire.bytes(id),
				new Change.Content(Map.of(), List.of(checkpoint), List.of(), forgotten).write(),
				Wire.bytes(checkpoint.sequence()), MeshJson.write(Wire.row(checkpoint)), Wire.bytes(dropped.size())));
		dropped.forEach((sequence) -> arguments.add(Wire.bytes(sequence)));
		for (String history : touched) {
			arguments.add(Wire.bytes(history));
			arguments.add(Wire.bytes(index.of(history)
				.stream()
				.map((number) -> Long.toString(number))
				.collect(Collectors.joining(","))));
		}
		return arguments;
	}

}
