package io.meshup.traffic.table;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.ManualClock;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FirstCalls} as {@link TrafficEngine} uses them.
 */
class FirstCallsTests {

	private final ManualClock clock = new ManualClock();

	private final Names interest = new Names();

	private final ServiceTable table = ServiceTable.builder().clock(this.clock).build();

	private final TrafficEngine engine = TrafficEngine.builder("orders")
		.clock(this.clock)
		.table(this.table)
		.interest(this.interest)
		.build();

	@Test
	void waitsForAServiceThatItKnowsByNameOnly() {
		this.interest.names = Set.of("catalog");

		assertThat(this.engine.mayBeService("catalog")).isTrue();
		OutboundCall call = this.engine.openIfKnown("catalog", TestRequest.get("/"));
		assertThat(call.begin()).isInstanceOf(Step.Wait.class);
		assertThat(this.interest.wanted).containsExactly("catalog");

		apply("catalog", "[]");
		assertThat(call.resume()).isInstanceOf(Step.Send.class);
	}

	@Test
	void letsAHostThatIsNoServicePassAtOnce() {
		this.interest.names = Set.of("catalog");

		assertThat(this.engine.mayBeService("database")).isFalse();
		assertThat(this.engine.openIfKnown("database", TestRequest.get("/")).begin()).isInstanceOf(Step.Bypass.class);
		assertThat(this.engine.open("database", TestRequest.get("/")).begin()).isInstanceOf(Step.Reply.class);
		assertThat(this.interest.wanted).isEmpty();
	}

	@Test
	void waitsTwoSecondsAtMostAndOnlyOnceWhileTheRegistryIsAway() {
		this.interest.names = Set.of("catalog");
		this.interest.heard = false;

		assertThat(this.engine.patience("catalog")).isPositive();
		this.clock.advance(Duration.ofMillis(2001));

		assertThat(this.engine.patience("catalog")).isZero();
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.engine.patience("catalog")).isZero();
	}

	@Test
	void waitsLongerAsLongAsTheRegistryIsThere() {
		this.interest.names = Set.of("catalog");

		assertThat(this.engine.patience("catalog")).isPositive();
		this.clock.advance(Duration.ofSeconds(9));
		assertThat(this.engine.patience("catalog")).isPositive();
		this.interest.heard = false;
		this.clock.advance(Duration.ofMillis(1900));
		assertThat(this.engine.patience("catalog")).isPositive();
		this.clock.advance(Duration.ofMillis(101));
		assertThat(this.engine.patience("catalog")).isZero();

		this.interest.heard = true;
		assertThat(this.engine.patience("catalog")).isZero();
	}

	@Test
	void goesOnWithWhatHasGrownOldWhileTheRegistryIsAway() {
		this.interest.names = Set.of("catalog");
		apply("catalog", "[]");
		this.engine.forget("catalog");
		this.interest.heard = false;

		assertThat(this.engine.openIfKnown("catalog", TestRequest.get("/")).begin()).isInstanceOf(Step.Send.class);
		assertThat(this.interest.wanted).containsExactly("catalog");
	}

	@Test
	void waitsForNamesAtTheStart() {
		assertThat(this.engine.mayBeService("catalog")).isTrue();
		OutboundCall call = this.engine.openIfKnown("catalog", TestRequest.get("/"));
		assertThat(call.begin()).isInstanceOf(Step.Wait.class);

		this.interest.names = Set.of();

		assertThat(call.resume()).isInstanceOf(Step.Bypass.class);
	}

	@Test
	void waitsForTheServicesThatItsRulesLeadTo() {
		this.interest.names = Set.of("catalog", "other");
		apply("catalog", "[{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"catalog\"},"
				+ "\"spec\":{\"service\":\"catalog\",\"rules\":[{\"backendRefs\":[{\"service\":\"other\"}]}]}}]");

		OutboundCall call = this.engine.openIfKnown("catalog", TestRequest.get("/"));
		assertThat(call.begin()).isInstanceOf(Step.Wait.class);
		assertThat(this.interest.wanted).containsExactly("other");

		apply("other", "[]");
		assertThat(call.resume()).isInstanceOf(Step.Send.class);
	}

	@Test
	void asksAgainForWhatWasForgotten() {
		this.interest.names = Set.of("catalog");
		apply("catalog", "[]");
		assertThat(this.engine.patience("catalog")).isZero();

		this.clock.advance(Duration.ofHours(2));
		assertThat(this.engine.unused(Set.of("catalog"), Duration.ofHours(1))).containsExactly("catalog");
		this.engine.forget("catalog");

		OutboundCall call = this.engine.openIfKnown("catalog", TestRequest.get("/"));
		assertThat(call.begin()).isInstanceOf(Step.Wait.class);
		assertThat(this.interest.wanted).containsExactly("catalog");
		assertThat(this.engine.unused(Set.of("catalog"), Duration.ofHours(1))).isEmpty();
	}

	@Test
	void keepsWhatRulesOfUsedServicesLeadTo() {
		this.interest.names = Set.of("catalog", "other");
		apply("other", "[]");
		apply("catalog", "[{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"catalog\"},"
				+ "\"spec\":{\"service\":\"catalog\",\"rules\":[{\"backendRefs\":[{\"service\":\"other\"}]}]}}]");
		this.clock.advance(Duration.ofHours(2));
		this.engine.patience("catalog");

		assertThat(this.engine.unused(Set.of("catalog", "other"), Duration.ofHours(1))).isEmpty();
	}

	@Test
	void waitsForAServiceThatItKnowsByNameAlsoWhenAllCome() {
		this.interest.names = Set.of("catalog", "other");
		apply("other", "[]");
		this.clock.advance(Duration.ofSeconds(1));
		OutboundCall call = this.engine.openIfKnown("catalog", TestRequest.get("/"));
		assertThat(call.begin()).isInstanceOf(Step.Wait.class);

		this.interest.selective = false;

		assertThat(call.resume()).isInstanceOf(Step.Wait.class);
		apply("catalog", "[]");
		assertThat(call.resume()).isInstanceOf(Step.Send.class);
		assertThat(this.engine.patience("unheard")).isZero();
	}

	@Test
	void refusesAServiceWhoseSnapshotTakesTooLong() {
		this.interest.names = Set.of("catalog");
		OutboundCall call = this.engine.openIfKnown("catalog", TestRequest.get("/"));
		assertThat(call.begin()).isInstanceOf(Step.Wait.class);

		this.clock.advance(Duration.ofMillis(10_001));

		assertThat(call.resume()).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(503);
			assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("'catalog' is in the mesh",
					"mesh.registry.watch=all");
		});
	}

	@Test
	void takesWhatComesWhileItLooks() {
		this.interest.names = Set.of("catalog");
		this.interest.meanwhile = () -> apply("catalog", "[]");

		assertThat(this.engine.openIfKnown("catalog", TestRequest.get("/")).begin()).isInstanceOf(Step.Send.class);
	}

	@Test
	void refusesAServiceThatWentBeforeItWasCalled() {
		this.interest.names = Set.of();
		this.interest.before = Set.of("catalog");

		assertThat(this.engine.mayBeService("catalog")).isTrue();
		assertThat(this.engine.openIfKnown("catalog", TestRequest.get("/")).begin()).isInstanceOf(Step.Reply.class);
		assertThat(this.engine.mayBeService("database")).isFalse();
	}

	@Test
	void refusesAServiceThatCameEmpty() {
		this.interest.names = Set.of("catalog");
		this.table.apply(new ServiceSnapshot("reg-a", "catalog", 5, false, List.of(), List.of(), List.of()));

		assertThat(this.engine.openIfKnown("catalog", TestRequest.get("/")).begin()).isInstanceOf(Step.Reply.class);
	}

	@Test
	void namesAllServices() {
		this.interest.names = Set.of("other");
		apply("catalog", "[]");

		assertThat(this.engine.names()).containsExactly("catalog", "other");
	}

	private void apply(String service, String rules) {
		JsonNode documents = MeshJson.readTree(rules.getBytes(StandardCharsets.UTF_8));
		Instance instance = new Instance("i1", "127.0.0.1", 8080, "http", "v1", "default", null, 100, InstanceStatus.UP,
				Map.of());
		this.table.apply(new ServiceSnapshot("reg-a", service, 5, false, List.of(), List.of(instance),
				documents.valueStream().toList()));
	}

	private static final class Names implements Interest {

		private final List<String> wanted = new ArrayList<>();

		private Set<String> names;

		private Set<String> before = Set.of();

		private boolean selective = true;

		private boolean heard = true;

		private Runnable meanwhile = () -> {
		};

		@Override
		public boolean isSelective() {
			this.meanwhile.run();
			return this.selective;
		}

		@Override
		public boolean hasNames() {
			return this.names != null;
		}

		@Override
		public boolean exists(String service) {
			return this.names != null && this.names.contains(service);
		}

		@Override
		public boolean existed(String service) {
			return exists(service) || this.before.contains(service);
		}

		@Override
		public Set<String> names() {
			return (this.names != null) ? this.names : Set.of();
		}

		@Override
		public boolean isHeard() {
			return this.heard;
		}

		@Override
		public void want(String service) {
			this.wanted.add(service);
		}

	}

}
