package io.meshup.registry.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.meshup.registry.store.rule.RuleBatch;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import reactor.core.publisher.Mono;

/**
 * The registry's memory: rules that survive, and the one growing number of every change.
 * Thread-safe; reads come from memory and never wait.
 */
public interface MeshStore {

	/**
	 * The registry's own name.
	 * @return a UUID made with the store
	 */
	String registry();

	/**
	 * The revision at this start: above all that was ever sent before, so every service
	 * counts as changed at it.
	 * @return the first revision of this run
	 */
	long firstRevision();

	/**
	 * The last published revision.
	 * @return at least {@link #firstRevision()}
	 */
	long revision();

	/**
	 * Tells that an instance of a service changed: the service takes the next revision,
	 * published in order. Never blocks; several calls before the next publication become
	 * one.
	 * @param service the service
	 */
	void touch(String service);

	/**
	 * Hears that a watcher has already got a revision that is still to come here: from a
	 * node that numbered on alone while it was cut off from the others. The next ones are
	 * above it.
	 * @param revision the watcher's
	 */
	default void raise(long revision) {
		// One node alone has numbered everything itself.
	}

	/**
	 * Waits until what any node has kept before this call is in force here, so that what
	 * is not known then is not known anywhere. Never for long, and in vain while the
	 * others are out of reach.
	 * @return completes off the calling thread, or at once where there is only one node
	 */
	default Mono<Void> caughtUp() {
		return Mono.empty();
	}

	/**
	 * Changes rules, all or nothing.
	 * @param batch decides on the writer thread what to change
	 * @return completes, off the writer thread, when the changes are on disk and
	 * published; fails with an {@link io.meshup.registry.problem.ApiProblem} when the
	 * batch refused or the disk did
	 */
	Mono<RuleCommit> write(RuleBatch batch);

	/**
	 * Keeps what is not a rule, all or nothing.
	 * @param facts the facts
	 * @return completes when they are on disk and in force
	 */
	Mono<Void> keep(List<Fact> facts);

	/**
	 * The facts in force.
	 * @param type their type
	 * @return by subject
	 */
	Map<String, Fact> facts(String type);

	/**
	 * Who changed what.
	 * @return the log
	 */
	AuditLog audit();

	/**
	 * Copies all that survives, as of one moment between two writes. A registry that
	 * starts from the copy begins above every revision that was used since.
	 * @return a new file, which the caller deletes; fails with an
	 * {@link io.meshup.registry.problem.ApiProblem} when the disk refuses or the store is
	 * no file
	 */
	Mono<Path> backUp();

	/**
	 * The rules in force.
	 * @return an immutable set
	 */
	RuleSet ruleSet();

	/**
	 * All rules in force.
	 * @return in the order of kind and name
	 */
	default List<StoredRule> rules() {
		return ruleSet().all();
	}

	/**
	 * The rules that concern a service.
	 * @param service the service, or {@code *}
	 * @return its rules
	 */
	default List<StoredRule> rulesFor(String service) {
		return ruleSet().of(service);
	}

	/**
	 * Joins the change feed.
	 * @param subscriber called on the writer thread in ascending revisions; must not
	 * block
	 */
	void subscribe(Consumer<ServiceChanged> subscriber);

}
