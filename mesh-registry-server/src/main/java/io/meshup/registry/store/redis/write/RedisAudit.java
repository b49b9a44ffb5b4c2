package io.meshup.registry.store.redis.write;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.meshup.model.MeshJson;
import io.meshup.registry.store.AuditLog;
import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.commit.WriteQueue;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.RedisFault;
import io.meshup.registry.store.redis.connection.RedisKeys;
import io.meshup.registry.store.redis.connection.RedisLine;
import io.meshup.registry.store.redis.log.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The audit log in Redis: a stream whose entries have the rows' own numbers. Read one
 * page at a time on a connection of its own.
 */
public final class RedisAudit implements AuditLog, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RedisAudit.class);

	private final RedisLine line;

	private final RedisKeys keys;

	private final WriteQueue writes;

	public RedisAudit(Parts parts, WriteQueue writes) {
		this.line = parts.line();
		this.keys = parts.keys();
		this.writes = writes;
	}

	@Override
	public void record(Fact event) {
		this.writes.keep(List.of(event)).subscribe((done) -> {
		}, (ex) -> logger.warn("An event could not be kept in the audit log: {} {} by {}", event.type(),
				event.subject(), event.author(), ex));
	}

	@Override
	public Mono<List<AuditRow>> after(long sequence) {
		return read(() -> {
			Range<String> range = Range.from(Range.Boundary.including((sequence + 1) + "-0"),
					Range.Boundary.unbounded());
			return audited(this.line.call((commands) -> commands.xrange(this.keys.ledger(), range, Limit.from(PAGE))));
		});
	}

	@Override
	public Mono<List<AuditRow>> before(long sequence) {
		return read(() -> {
			Range<String> range = Range.from(Range.Boundary.unbounded(), (sequence == Long.MAX_VALUE)
					? Range.Boundary.unbounded() : Range.Boundary.excluding(sequence + "-0"));
			return audited(
					this.line.call((commands) -> commands.xrevrange(this.keys.ledger(), range, Limit.from(PAGE))));
		});
	}

	@Override
	public Mono<List<AuditRow>> rows(Collection<Long> sequences) {
		return sequences.isEmpty() ? Mono.just(List.of()) : read(() -> some(sequences));
	}

	@Override
	public Mono<List<AuditRow>> versions(String kind, String name) {
		return read(() -> {
			byte[] known = this.line
				.call((commands) -> commands.hget(this.keys.index(), SubjectIndex.rule(kind + "/" + name)));
			return (known != null) ? some(numbers(known)) : List.of();
		});
	}

	private List<AuditRow> some(Collection<Long> sequences) {
		List<StreamMessage<String, byte[]>> entries = new ArrayList<>();
		for (long sequence : sequences.stream().sorted().toList()) {
			Range<String> one = Range.create(sequence + "-0", sequence + "-0");
			entries.addAll(this.line.call((commands) -> commands.xrange(this.keys.ledger(), one)));
		}
		return audited(entries);
	}

	private List<AuditRow> audited(List<StreamMessage<String, byte[]>> entries) {
		List<LedgerRow> rows = entries.stream()
			.map((entry) -> Wire.row(MeshJson.readTree(entry.getBody().getOrDefault("row", new byte[0]))))
			.toList();
		Map<String, List<Long>> histories = histories(rows.stream()
			.map((row) -> SubjectIndex.key(row.entry()))
			.filter((key) -> !key.isEmpty())
			.distinct()
			.toList());
		return rows.stream().map((row) -> audit(row, histories)).toList();
	}

	private Map<String, List<Long>> histories(List<String> subjects) {
		Map<String, List<Long>> histories = new HashMap<>();
		if (!subjects.isEmpty()) {
			this.line.call((commands) -> commands.hmget(this.keys.index(), subjects.toArray(String[]::new)))
				.forEach((entry) -> histories.put(entry.getKey(),
						entry.hasValue() ? numbers(entry.getValue()) : List.of()));
		}
		return histories;
	}

	private static List<Long> numbers(byte[] text) {
		return Arrays.stream(Wire.text(text).split(",")).filter((part) -> !part.isEmpty()).map(Long::valueOf).toList();
	}

	private static AuditRow audit(LedgerRow row, Map<String, List<Long>> histories) {
		LedgerEntry entry = row.entry();
		long earlier = histories.getOrDefault(SubjectIndex.key(entry), List.of())
			.stream()
			.mapToLong(Long::longValue)
			.filter((number) -> number < row.sequence())
			.max()
			.orElse(0);
		return new AuditRow(row.sequence(), entry.revision(), entry.type(), entry.subject(), entry.author(), entry.at(),
				new String(entry.body(), StandardCharsets.UTF_8), earlier, HexFormat.of().formatHex(row.previous()),
				HexFormat.of().formatHex(row.hash()));
	}

	// One read at a time: they share a connection.
	private Mono<List<AuditRow>> read(Callable<List<AuditRow>> what) {
		return Mono.fromCallable(() -> {
			synchronized (this.line) {
				return what.call();
			}
		}).onErrorMap(RedisFault.class, RedisFault::readProblem).subscribeOn(Schedulers.boundedElastic());
	}

	@Override
	public void close() {
		this.line.close();
	}

}
