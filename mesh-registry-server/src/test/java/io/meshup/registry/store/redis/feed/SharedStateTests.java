package io.meshup.registry.store.redis.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.commit.Touches;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.log.Change;
import io.meshup.registry.store.redis.log.Head;
import io.meshup.registry.store.redis.log.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedState}.
 */
class SharedStateTests {

	private final Touches again = new Touches();

	private final SharedState state = new SharedState(this.again);

	private final List<ServiceChanged> seen = new ArrayList<>();

	private Head head = Head.NONE;

	private String last = "c0";

	@BeforeEach
	void begin() {
		this.state.begin(found(10, Map.of(), List.of()));
		this.state.subscribe(this.seen::add);
	}

	@Test
	void publishesNothingWhileSomebodyLoads() throws InterruptedException {
		AtomicInteger loaded = new AtomicInteger(-1);
		AtomicInteger rows = new AtomicInteger();
		List<CompletableFuture<Void>> applied = new ArrayList<>();
		Change next = change(10, Map.of("s", 1L), List.of(), List.of(lease("i1")));

		this.state.inOneMoment(() -> {
			applied.add(CompletableFuture.runAsync(() -> this.state.apply(next)));
			Thread.yield();
			loaded.set(this.state.leases().size());
			this.state.subscribe((change) -> rows.addAndGet(change.rows().size()));
		});
		applied.get(0).join();

		assertThat(loaded.get() + rows.get()).as("loaded before or heard of after").isEqualTo(1);
	}

	@Test
	void numbersOnAboveWhatSomebodyHasAlready() {
		this.state.raise(50);

		this.state.publishHere(Set.of("s"));

		assertThat(this.seen).containsExactly(new ServiceChanged("s", 51));
		assertThat(this.state.floor()).isEqualTo(51);
	}

	@Test
	void takesTheRuleThatIsInRedisAndTellsWhichOneThatOverrules() {
		LedgerRow here = rule("x", 11, "here");
		this.state.apply(change(10, Map.of("x", 1L), List.of(here), List.of()));
		this.head = Head.NONE;
		LedgerRow there = rule("x", 11, "there");

		List<LedgerRow> overruled = this.state
			.adopt(found(11, Map.of(SubjectIndex.key(there.entry()), there), List.of()));

		assertThat(overruled).containsExactly(here);
		assertThat(this.state.mirror().rules().all()).hasSize(1)
			.first()
			.satisfies((rule) -> assertThat(rule.document().path("spec").path("word").asString("")).isEqualTo("there"));
		assertThat(this.again.take()).containsOnlyKeys("x");
	}

	@Test
	void forgetsWhatTheHistoryHasForgottenAndDoesNotWriteItBack() {
		LedgerRow end = row(LedgerEntry.RULE_DELETED, "Route/x", 11, "");
		this.state.apply(change(10, Map.of(), List.of(end), List.of()));
		Snapshot cut = found(11, Map.of(), List.of());
		this.head = Head.NONE;
		Snapshot emptied = found(0, Map.of(), List.of());

		assertThat(this.state.missing(cut)).isEmpty();
		assertThat(this.state.missing(emptied)).containsOnlyKeys("rule:Route/x");
		String before = this.last;
		this.last = "cut";
		this.state.apply(new Change("3-0", "cut", before, 10, 10,
				new Change.Content(Map.of(), List.of(), List.of(), List.of("rule:Route/x"))));

		assertThat(this.state.mirror().rows()).isEmpty();
	}

	@Test
	void forgetsAnEndThatIsNoLongerThereWhenItLoads() {
		LedgerRow end = row(LedgerEntry.RULE_DELETED, "Route/x", 11, "");
		LedgerRow alive = rule("y", 12, "here");
		this.state.apply(change(10, Map.of(), List.of(end, alive), List.of()));

		this.state.adopt(found(12, Map.of("rule:Route/y", alive), List.of()));

		assertThat(this.state.mirror().rows()).containsOnlyKeys("rule:Route/y");
	}

	private Snapshot found(long revision, Map<String, LedgerRow> rows, List<SharedLease> leases) {
		Map<String, SharedLease> byKey = new HashMap<>();
		leases.forEach((lease) -> byKey.put(lease.key(), lease));
		return new Snapshot("reg", revision, this.last, this.head.toString(), "1-0", rows, byKey);
	}

	private Change change(long base, Map<String, Long> services, List<LedgerRow> rows, List<SharedLease> leases) {
		String before = this.last;
		this.last = "c" + (base + services.size());
		return new Change("2-0", this.last, before, base, base + services.size(),
				new Change.Content(services, rows, leases));
	}

	private LedgerRow rule(String name, long revision, String word) {
		String body = "{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"" + name
				+ "\",\"revision\":" + revision + "},\"spec\":{\"service\":\"" + name + "\",\"word\":\"" + word
				+ "\"}}";
		return row(LedgerEntry.RULE, "Route/" + name, revision, body);
	}

	private LedgerRow row(String type, String subject, long revision, String body) {
		LedgerRow row = this.head.next(new LedgerEntry(revision, type, subject, "somebody", "2026-01-01T00:00:00Z",
				body.getBytes(StandardCharsets.UTF_8)));
		this.head = Head.of(row);
		return row;
	}

	private static SharedLease lease(String id) {
		return new SharedLease("s", id, "n", "n p alive", "-", false, new byte[0]);
	}

}
