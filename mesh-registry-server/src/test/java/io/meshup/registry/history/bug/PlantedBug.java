package io.meshup.registry.history.bug;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.rule.RuleBatch;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;

/**
 * What may be wrong with a store, each as rarely and for as short a time as it would be
 * in the field.
 */
public enum PlantedBug {

	/**
	 * The control: everything is as it should be.
	 */
	NONE("nothing is wrong") {

		@Override
		public MeshStore plant(MeshStore store) {
			return new PlantedStore(store);
		}

	},

	/**
	 * A write is lost.
	 */
	LOST_WRITE("one of 200 writes is acknowledged and not kept") {

		@Override
		public MeshStore plant(MeshStore store) {
			return new PlantedStore(store) {

				@Override
				public Mono<RuleCommit> write(RuleBatch batch) {
					return isOneOf(200) ? pretend(batch) : super.write(batch);
				}

			};
		}

	},

	/**
	 * A write stays where it was made.
	 */
	WRITE_AT_ONE_NODE("one of 200 writes is kept in the memory of one node only") {

		@Override
		public MeshStore plant(MeshStore store) {
			return new Forgetful(store);
		}

	},

	/**
	 * A condition is compared with what was.
	 */
	STALE_CONDITION("If-Match is compared with what was in force 3 ms ago") {

		@Override
		public MeshStore plant(MeshStore store) {
			RecentRules recent = new RecentRules(store, 3);
			return new PlantedStore(store) {

				@Override
				public Mono<RuleCommit> write(RuleBatch batch) {
					return super.write((present) -> batch.decide(recent.then()));
				}

			};
		}

	},

	/**
	 * A refusal is not confirmed.
	 */
	UNCONFIRMED_REFUSAL("a refusal (412) is decided in the node's memory and not confirmed in Redis") {

		@Override
		public MeshStore plant(MeshStore store) {
			return new PlantedStore(store) {

				@Override
				public Mono<RuleCommit> write(RuleBatch batch) {
					return pretend(batch).then(super.write(batch));
				}

			};
		}

	},

	/**
	 * Doubt is taken for success.
	 */
	DOUBT_IS_SUCCESS("a write whose answer was lost is acknowledged") {

		@Override
		public MeshStore plant(MeshStore store) {
			return new PlantedStore(store) {

				@Override
				public Mono<RuleCommit> write(RuleBatch batch) {
					Decided decided = new Decided(batch);
					return super.write(decided).onErrorResume(PlantedStore::isInDoubt,
							(ex) -> Mono.fromSupplier(decided::outcome));
				}

			};
		}

	},

	/**
	 * Doubt is taken for failure.
	 */
	DOUBT_IS_FAILURE("a write whose answer was lost is said not to be kept") {

		@Override
		public MeshStore plant(MeshStore store) {
			return new PlantedStore(store) {

				@Override
				public Mono<RuleCommit> write(RuleBatch batch) {
					return super.write(batch).onErrorMap(PlantedStore::isInDoubt,
							(ex) -> ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE, "The change was not kept."));
				}

			};
		}

	},

	/**
	 * Whoever wrote does not see it yet.
	 */
	LATE_READ("reads at a node are 3 ms behind its own answers") {

		@Override
		public MeshStore plant(MeshStore store) {
			RecentRules recent = new RecentRules(store, 3);
			return new PlantedStore(store) {

				@Override
				public RuleSet ruleSet() {
					return recent.then();
				}

			};
		}

	},

	/**
	 * A reader goes back.
	 */
	READ_GOES_BACK("one of 200 reads at a node is 5 ms old") {

		@Override
		public MeshStore plant(MeshStore store) {
			RecentRules recent = new RecentRules(store, 5);
			return new PlantedStore(store) {

				@Override
				public RuleSet ruleSet() {
					return isOneOf(200) ? recent.then() : super.ruleSet();
				}

			};
		}

	},

	/**
	 * Writes change their places.
	 */
	REORDERED_WRITES("one of 100 writes is acknowledged at once and kept 5 ms later, behind others") {

		@Override
		public MeshStore plant(MeshStore store) {
			return new PlantedStore(store) {

				@Override
				public Mono<RuleCommit> write(RuleBatch batch) {
					if (!isOneOf(100)) {
						return super.write(batch);
					}
					return pretend(batch).doOnSuccess(
							(commit) -> Mono.delay(Duration.ofMillis(5)).then(real().write(batch)).subscribe((done) -> {
							}, (ex) -> {
							}));
				}

			};
		}

	};

	private static final Random RANDOM = new Random();

	private final String words;

	PlantedBug(String words) {
		this.words = words;
	}

	public String words() {
		return this.words;
	}

	/**
	 * Plants it.
	 * @param store the store as it is
	 * @return the store that clients of the node meet
	 */
	public abstract MeshStore plant(MeshStore store);

	static boolean isOneOf(int many) {
		return RANDOM.nextInt(many) == 0;
	}

	/**
	 * Shows what it never shared, until somebody writes the rule again.
	 */
	private static final class Forgetful extends PlantedStore {

		private final Map<String, StoredRule> alone = new ConcurrentHashMap<>();

		Forgetful(MeshStore store) {
			super(store);
		}

		@Override
		public Mono<RuleCommit> write(RuleBatch batch) {
			return isOneOf(200) ? pretend(batch).doOnNext(this::keep) : super.write(batch);
		}

		private void keep(RuleCommit commit) {
			commit.rules()
				.all()
				.stream()
				.filter((rule) -> rule.revision() == commit.revision())
				.forEach((rule) -> this.alone.put(rule.id(), rule));
		}

		@Override
		public RuleSet ruleSet() {
			RuleSet shared = super.ruleSet();
			if (this.alone.isEmpty()) {
				return shared;
			}
			this.alone.values().removeIf((rule) -> shared.revision() > rule.revision());
			RuleSet rules = shared;
			for (StoredRule rule : this.alone.values()) {
				rules = rules.with(rule, shared.revision());
			}
			return rules;
		}

	}

}
