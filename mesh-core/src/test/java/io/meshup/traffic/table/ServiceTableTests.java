package io.meshup.traffic.table;

import java.util.List;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.rule.RuleReader;
import io.meshup.traffic.ManualClock;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.event.TrafficChange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceTable}.
 */
class ServiceTableTests {

	private static final JsonNode GOOD = TestMesh.route("{\"name\":\"good\"}");

	private static final JsonNode BAD_EXPRESSION = TestMesh
		.route("{\"matches\":[{\"path\":{\"type\":\"RegularExpression\",\"value\":\"(a\"}}]}");

	private final ServiceTable table = ServiceTable.builder().clock(new ManualClock()).build();

	@Test
	void isReadyAfterTheFirstSnapshotEvenOfTheWholeMesh() {
		assertThat(this.table.isReady()).isFalse();

		this.table.apply(new ServiceSnapshot("A", "*", 1, false, List.of(), List.of(), List.of()));

		assertThat(this.table.isReady()).isTrue();
		assertThat(this.table.services()).isEmpty();
	}

	@Test
	void neverGoesBackInRevisionForTheSameRegistry() {
		this.table.apply(snapshot("A", 7, "a"));
		this.table.apply(snapshot("A", 6, "b"));

		assertThat(ids()).containsExactly("a");
		assertThat(this.table.view("inventory").revision()).isEqualTo(7);
	}

	@Test
	void acceptsALowerRevisionOfAnotherRegistry() {
		this.table.apply(snapshot("A", 7, "a"));
		this.table.apply(snapshot("B", 1, "b"));

		assertThat(ids()).containsExactly("b");
		assertThat(this.table.view("inventory").revision()).isEqualTo(1);
	}

	@Test
	void removesOnlyWhatIsGoneWhileTheRegistryKnowsAPartOnly() {
		this.table.apply(snapshot("A", 1, "a", "b", "c"));

		this.table.apply(new ServiceSnapshot("A", "inventory", 2, true, List.of("b"),
				List.of(TestMesh.instance("c", "v1", InstanceStatus.DRAINING), TestMesh.instance("d", "v1")),
				List.of()));

		assertThat(ids()).containsExactly("a", "c", "d");
		assertThat(this.table.view("inventory").instances().get(1).status()).isEqualTo(InstanceStatus.DRAINING);

		this.table.apply(snapshot("A", 2, "d"));
		assertThat(ids()).containsExactly("d");
	}

	@Test
	void keepsTheLastGoodRuleWhenTheNewOneCannotBeUsed() {
		this.table.apply(withRules(1, GOOD));
		this.table.apply(withRules(2, BAD_EXPRESSION));

		assertThat(this.table.view("inventory").route()).get()
			.satisfies((route) -> assertThat(route.rules().get(0).name()).isEqualTo("good"));
		assertThat(this.table.rejected()).singleElement().satisfies((rejected) -> {
			assertThat(rejected.rule()).isEqualTo("Route/r");
			assertThat(rejected.revision()).isEqualTo(7);
			assertThat(rejected.reason()).contains("must be an RE2 expression but was '(a'");
		});

		this.table.apply(withRules(3, GOOD));
		assertThat(this.table.rejected()).isEmpty();
	}

	@Test
	void dropsARuleThatWasDeleted() {
		this.table.apply(withRules(1, GOOD));
		this.table.apply(withRules(2));

		assertThat(this.table.view("inventory").route()).isEmpty();
	}

	@Test
	void rejectsAKindThatItDoesNotKnowAndARuleOfAnotherService() {
		JsonNode other = TestMesh.document("{\"kind\":\"Route\",\"metadata\":{\"name\":\"x\",\"revision\":3},"
				+ "\"spec\":{\"service\":\"orders\",\"rules\":[{}]}}");
		JsonNode unknown = TestMesh.document("{\"kind\":\"RateLimit\",\"metadata\":{\"name\":\"y\",\"revision\":4}}");

		this.table.apply(withRules(1, other, unknown));

		assertThat(this.table.rejected()).extracting("rule").containsExactly("Route/x", "RateLimit/y");
		assertThat(this.table.view("inventory").route()).isEmpty();
	}

	@Test
	void bringsBackAfterARestartWhatWasInForce() {
		this.table.apply(withRules(1, GOOD));
		this.table.apply(withRules(2, BAD_EXPRESSION));
		ServiceTable restarted = ServiceTable.builder().build();

		for (ServiceSnapshot saved : this.table.snapshots()) {
			restarted.apply(MeshJson.read(MeshJson.write(saved), ServiceSnapshot.class));
		}

		assertThat(restarted.view("inventory").route()).isEqualTo(this.table.view("inventory").route());
		assertThat(restarted.rejected()).isEqualTo(this.table.rejected());
		assertThat(restarted.view("inventory").instances()).isEqualTo(this.table.view("inventory").instances());
	}

	@Test
	void usesItsOwnRulesWhileTheRegistryHasNoneOfTheirKind() {
		ServiceTable own = ServiceTable.builder().defaults(RuleReader.read(GOOD)).build();
		assertThat(own.view("inventory").route()).isPresent();
		assertThat(own.view("inventory").isKnown()).isTrue();

		own.apply(new ServiceSnapshot("A", "inventory", 1, false, List.of(), List.of(),
				List.of(TestMesh.route("{\"name\":\"theirs\"}"))));
		assertThat(own.view("inventory").route().orElseThrow().rules().get(0).name()).isEqualTo("theirs");

		own.apply(new ServiceSnapshot("A", "inventory", 2, false, List.of(), List.of(), List.of()));
		assertThat(own.view("inventory").route().orElseThrow().rules().get(0).name()).isEqualTo("good");
	}

	@Test
	void usesFixedInstancesWhileTheRegistryListsNone() {
		ServiceTable own = ServiceTable.builder()
			.fixed("inventory", List.of(TestMesh.instance("outside", "v1")))
			.build();
		assertThat(own.view("inventory").instances()).hasSize(1);
		assertThat(own.isReady()).isFalse();

		own.apply(withRules(1, GOOD));
		assertThat(own.view("inventory").instances()).extracting(Instance::id).containsExactly("a");

		own.apply(new ServiceSnapshot("A", "inventory", 2, true, List.of("a"), List.of(), List.of(GOOD)));
		assertThat(own.view("inventory").instances()).extracting(Instance::id).containsExactly("outside");
		assertThat(own.snapshots()).singleElement().satisfies((saved) -> assertThat(saved.instances()).isEmpty());
	}

	@Test
	void tellsWhenRulesChangeAndWhenTheyCannotBeUsed() {
		TestMesh mesh = new TestMesh().up("a").rules(GOOD);
		mesh.changes.clear();

		mesh.apply();
		mesh.rules(BAD_EXPRESSION);

		assertThat(mesh.changes).extracting(TrafficChange::kind)
			.containsExactly(TrafficChange.Kind.RULE_REJECTED, TrafficChange.Kind.RULES_APPLIED);
	}

	private List<String> ids() {
		return this.table.view("inventory").instances().stream().map(Instance::id).toList();
	}

	private static ServiceSnapshot snapshot(String registry, long revision, String... ids) {
		return new ServiceSnapshot(registry, "inventory", revision, false, List.of(),
				List.of(ids).stream().map((id) -> TestMesh.instance(id, "v1")).toList(), List.of());
	}

	private static ServiceSnapshot withRules(long revision, JsonNode... rules) {
		return new ServiceSnapshot("A", "inventory", revision, false, List.of(), List.of(TestMesh.instance("a", "v1")),
				List.of(rules));
	}

}
