package io.meshup.registry.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.meshup.registry.store.AuditLog;
import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.RowRange;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import reactor.core.publisher.Mono;

/**
 * The audit log in the ledger. Its reads wait in a queue until the writer thread, which
 * alone has the file, serves them.
 */
final class LedgerAudit implements AuditLog {

	private final WriterReads reads;

	private final Consumer<Fact> recorder;

	LedgerAudit(WriterReads reads, Consumer<Fact> recorder) {
		this.reads = reads;
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
		return this.reads
			.read((ledger, index) -> what.apply(ledger, index).stream().map((row) -> audit(row, index)).toList());
	}

	private static AuditRow audit(LedgerRow row, SubjectIndex index) {
		LedgerEntry entry = row.entry();
		return new AuditRow(row.sequence(), entry.revision(), entry.type(), entry.subject(), entry.author(), entry.at(),
				new String(entry.body(), StandardCharsets.UTF_8), index.earlier(row.sequence(), entry),
				HexFormat.of().formatHex(row.previous()), HexFormat.of().formatHex(row.hash()));
	}

}
