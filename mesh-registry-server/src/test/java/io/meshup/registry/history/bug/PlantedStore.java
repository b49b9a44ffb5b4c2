package io.meshup.registry.history.bug;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.AuditLog;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.commit.Transaction;
import io.meshup.registry.store.rule.RuleBatch;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import reactor.core.publisher.Mono;

/**
 * The store of a node, as it is where a bug does not say otherwise.
 */
class PlantedStore implements MeshStore {

	private final MeshStore store;

	PlantedStore(MeshStore store) {
		this.store = store;
	}

	/**
	 * Decides as the store would and keeps nothing.
	 * @param batch what is to be written
	 * @return what would be answered
	 */
	final Mono<RuleCommit> pretend(RuleBatch batch) {
		return Mono.fromCallable(() -> {
			Decided decided = new Decided(batch);
			decided.decide(this.store.ruleSet());
			return decided.outcome;
		});
	}

	final MeshStore real() {
		return this.store;
	}

	static boolean isInDoubt(Throwable failure) {
		return failure instanceof ApiProblem problem
				&& String.valueOf(problem.getMessage()).contains("may or may not hold");
	}

	@Override
	public Mono<RuleCommit> write(RuleBatch batch) {
		return this.store.write(batch);
	}

	@Override
	public RuleSet ruleSet() {
		return this.store.ruleSet();
	}

	@Override
	public final String registry() {
		return this.store.registry();
	}

	@Override
	public final long firstRevision() {
		return this.store.firstRevision();
	}

	@Override
	public final long revision() {
		return this.store.revision();
	}

	@Override
	public final void touch(String service) {
		this.store.touch(service);
	}

	@Override
	public final void raise(long revision) {
		this.store.raise(revision);
	}

	@Override
	public final Mono<Void> caughtUp() {
		return this.store.caughtUp();
	}

	@Override
	public final Mono<Void> keep(List<Fact> facts) {
		return this.store.keep(facts);
	}

	@Override
	public final Map<String, Fact> facts(String type) {
		return this.store.facts(type);
	}

	@Override
	public final AuditLog audit() {
		return this.store.audit();
	}

	@Override
	public final Mono<Path> backUp() {
		return this.store.backUp();
	}

	@Override
	public final void subscribe(Consumer<ServiceChanged> subscriber) {
		this.store.subscribe(subscriber);
	}

	/**
	 * Remembers what a batch decided.
	 */
	final class Decided implements RuleBatch {

		private final RuleBatch batch;

		private volatile RuleCommit outcome = new RuleCommit(0, RuleSet.of(List.of(), 0));

		Decided(RuleBatch batch) {
			this.batch = batch;
		}

		@Override
		public List<RuleChange> decide(RuleSet present) {
			List<RuleChange> changes = this.batch.decide(present);
			Transaction transaction = new Transaction(present, revision(), InstantSource.system());
			changes.forEach(transaction::change);
			this.outcome = new RuleCommit(transaction.revision(), transaction.rules());
			return changes;
		}

		RuleCommit outcome() {
			return this.outcome;
		}

	}

}
