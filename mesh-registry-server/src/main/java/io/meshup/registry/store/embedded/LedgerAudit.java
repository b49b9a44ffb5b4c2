package io.meshup.registry.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.AuditLog;
import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.LedgerEntry;
import io.meshup.registry.store.ledger.LedgerRow;
import io.meshup.registry.store.ledger.RowRange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;

/**
 * The audit log in the ledger. Its reads wait in a queue until the writer thread, which
 * alone has the file, serves them.
 */
final class LedgerAudit implements AuditLog {

	private static final int MAX_WAITING = 100;

	private final BlockingQueue<Read> reads = new ArrayBlockingQueue<>(MAX_WAITING);

	private final Runnable wake;

	private final Consumer<Fact> recorder;

	LedgerAudit(Runnable wake, Consumer<Fact> recorder) {
		this.wake = wake;
		this.recorder = recorder;
	}

	@Override
	public void record(Fact event) {
		this.recorder.accept(event);
	}

	@Override
	public Mono<List<AuditRow>> after(long sequence) {
		return read((ledger, index) -> ledger.read(RowRange.after(sequence, PAGE)));
	}

	@Override
	public Mono<List<AuditRow>> before(long sequence) {
		return read((ledger, index) -> ledger.read(RowRange.before(sequence, PAGE)));
	}

	@Override
	public Mono<List<AuditRow>> rows(Collection<Long> sequences) {
		return sequences.isEmpty() ? Mono.just(List.of())
				: read((ledger, index) -> ledger.read(RowRange.of(sequences)));
	}

	@Override
	public Mono<List<AuditRow>> versions(String kind, String name) {
		return read((ledger, index) -> {
			List<Long> all = index.of(SubjectIndex.rule(kind + "/" + name));
			return all.isEmpty() ? List.of() : ledger.read(RowRange.of(all));
		});
	}

	private Mono<List<AuditRow>> read(BiFunction<Ledger, SubjectIndex, List<LedgerRow>> what) {
		return Mono.<List<AuditRow>>create((sink) -> {
			if (this.reads.offer(new Read(what, sink))) {
				this.wake.run();
			}
			else {
				sink.error(busy());
			}
		}).publishOn(Schedulers.boundedElastic());
	}

	/**
	 * Answers who waits. Called by the writer thread.
	 * @param ledger the rows
	 * @param index who is about what
	 */
	void serve(Ledger ledger, SubjectIndex index) {
		for (Read read = this.reads.poll(); read != null; read = this.reads.poll()) {
			try {
				read.sink.success(read.what.apply(ledger, index).stream().map((row) -> audit(row, index)).toList());
			}
			catch (RuntimeException | Error ex) {
				read.sink.error(ex);
			}
		}
	}

	void refuseAll() {
		for (Read read = this.reads.poll(); read != null; read = this.reads.poll()) {
			read.sink.error(busy());
		}
	}

	private static AuditRow audit(LedgerRow row, SubjectIndex index) {
		LedgerEntry entry = row.entry();
		return new AuditRow(row.sequence(), entry.revision(), entry.type(), entry.subject(), entry.author(), entry.at(),
				new String(entry.body(), StandardCharsets.UTF_8), index.earlier(row.sequence(), entry),
				HexFormat.of().formatHex(row.previous()), HexFormat.of().formatHex(row.hash()));
	}

	private static ApiProblem busy() {
		return ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
				"The registry stops or has too many reads of its history waiting. Send again later.");
	}

	private record Read(BiFunction<Ledger, SubjectIndex, List<LedgerRow>> what, MonoSink<List<AuditRow>> sink) {
	}

}
