package io.meshup.registry.store.redis.write;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.commit.RetentionPlan;
import io.meshup.registry.store.ledger.chain.Checkpoint;
import io.meshup.registry.store.ledger.chain.KeptRows;
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
 * Keeps the ledger in Redis from growing for ever: drops what is one version too many
 * after many more rows, and once a day what is too old. One node does it, and the others
 * leave it to that one as long as it does. Used by one thread.
 */
final class Trimming {

	private static final Logger logger = LoggerFactory.getLogger(Trimming.class);

	private static final long LEAST = 10_000;

	private static final int ATTEMPTS = 20;

	private static final Duration DAY = Duration.ofDays(1);

	private final Parts parts;

	private final StoreProperties.History limits;

	private final InstantSource clock;

	private final TrimmedRows rows;

	private Instant looked = Instant.MIN;

	private long next = LEAST;

	private String registry = "";

	Trimming(Parts parts, StoreProperties.History limits, InstantSource clock) {
		this.parts = parts;
		this.limits = limits;
		this.clock = clock;
		this.rows = new TrimmedRows(parts, limits.maxVersions());
	}

	boolean isDue(Head head) {
		return head.count() >= this.next || isDay();
	}

	private boolean isDay() {
		return !this.clock.instant().isBefore(this.looked.plus(DAY));
	}

	/**
	 * Drops what may go, one step of it.
	 * @param state what is in force
	 */
	void trim(SharedState state) {
		SharedState.Basis basis = state.basis();
		boolean isAnew = isDay() || !basis.registry().equals(this.registry);
		if (isAnew) {
			begin(basis.registry());
		}
		if (!read(basis.head())) {
			return;
		}
		this.looked = isAnew ? this.clock.instant() : this.looked;
		Set<Long> dropped = this.rows.next();
		this.next = basis.head().count() + LEAST;
		if (dropped.isEmpty()) {
			return;
		}
		// What is to be read is read before, so that few other writes come between.
		this.rows.without(dropped);
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			SharedState.Basis present = state.basis();
			if (!read(present.head()) || isDropped(present, dropped)) {
				return;
			}
		}
		this.next = basis.head().count();
	}

	private void begin(String of) {
		this.registry = of;
		this.rows.begin(new RetentionPlan(this.limits.maxVersions(), this.clock.instant().minus(this.limits.maxAge())));
	}

	private boolean read(Head head) {
		if (this.rows.readTo(head)) {
			return true;
		}
		// Another node cuts the history, so this one looks again only when that one has
		// stopped to do so.
		begin(this.registry);
		this.looked = this.clock.instant();
		this.next = head.count() + 2 * LEAST;
		return false;
	}

	private boolean isDropped(SharedState.Basis basis, Set<Long> dropped) {
		TrimmedRows.Rest rest = this.rows.without(dropped);
		LedgerRow checkpoint = checkpoint(basis.head(), rest, dropped.size());
		List<Object> reply = this.parts.line()
			.run(RedisScript.DROP, this.parts.keys().forDrop(), arguments(basis, checkpoint, rest, dropped));
		if (!Wire.text(reply.get(0)).equals("ok")) {
			return false;
		}
		this.rows.dropped(dropped, rest, checkpoint);
		this.next = this.rows.isMore() ? 0 : basis.head().count() + LEAST;
		logger.info("The history was cut to its limits: {} rows dropped", dropped.size());
		return true;
	}

	private LedgerRow checkpoint(Head head, TrimmedRows.Rest rest, int dropped) {
		Checkpoint through = new Checkpoint(head.count(), HexFormat.of().parseHex(head.last()), rest.kept().digest(),
				KeptRows.BLOCK);
		return head.next(through.entry(rest.revision(), this.clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
				dropped));
	}

	private List<byte[]> arguments(SharedState.Basis basis, LedgerRow checkpoint, TrimmedRows.Rest rest,
			Set<Long> dropped) {
		List<String> forgotten = rest.touched().stream().filter((history) -> this.rows.of(history).isEmpty()).toList();
		List<byte[]> arguments = new ArrayList<>(List.of(Wire.bytes(basis.registry()),
				Wire.bytes(basis.head().toString()), Wire.bytes(Head.of(checkpoint).toString()),
				Wire.bytes(this.parts.ids().get()),
				new Change.Content(Map.of(), List.of(checkpoint), List.of(), forgotten).write(),
				Wire.bytes(checkpoint.sequence()), MeshJson.write(Wire.row(checkpoint)), Wire.bytes(dropped.size())));
		dropped.forEach((sequence) -> arguments.add(Wire.bytes(sequence)));
		for (String history : rest.touched()) {
			arguments.add(Wire.bytes(history));
			arguments.add(Wire.bytes(this.rows.of(history)
				.stream()
				.map((number) -> Long.toString(number))
				.collect(Collectors.joining(","))));
		}
		return arguments;
	}

}
