package io.meshup.traffic.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kept answers that stand in for failures, and calls that share one request.
 */
class SharedAnswerTests extends CacheFixture {

	@Test
	void standsInForAnErrorAndAnOpenBreaker() {
		this.mesh.rules(cached("{\"ttl\":\"5s\",\"staleIfError\":\"60s\"}"),
				TestMesh.policy("\"circuitBreaker\":{\"minimumCalls\":2}"));
		fetch(ITEMS, "first", Map.of());
		this.mesh.clock.advance(Duration.ofSeconds(6));

		OutboundCall failing = this.mesh.open(ITEMS);
		failing.begin();
		assertThat(failing.onHead(500, head(Map.of()))).isInstanceOfSatisfying(Step.Reply.class,
				CacheTrafficTests::isStale);
		OutboundCall broken = this.mesh.open(ITEMS);
		Step next = broken.begin();
		while (!(next instanceof Step.Reply)) {
			next = this.mesh.after(broken, (next instanceof Step.Send) ? this.mesh.reset(broken) : next);
		}
		isStale((Step.Reply) next);
		assertThat(this.mesh.open(ITEMS).begin()).isInstanceOfSatisfying(Step.Reply.class, CacheTrafficTests::isStale);
		assertThat(this.mesh.open(TestRequest.get("/other")).begin()).isInstanceOfSatisfying(Step.Reply.class,
				(reply) -> assertThat(reply.headers()).containsEntry("x-mesh-reason", "circuit-open"));
		this.mesh.clock.advance(Duration.ofSeconds(60));
		sent(ITEMS);
	}

	@Test
	void standsInForAFullBulkheadAndATimeout() {
		this.mesh.rules(TestMesh.route("{\"timeouts\":{\"request\":\"1s\"},\"filters\":[{\"cache\":{\"ttl\":\"5s\","
				+ "\"staleIfError\":\"60s\"}}]}"), TestMesh.policy("\"bulkhead\":{\"maxConcurrentCalls\":1}"));
		fetch(ITEMS, "first", Map.of());
		this.mesh.clock.advance(Duration.ofSeconds(6));
		OutboundCall slow = this.mesh.open(TestRequest.get("/slow"));
		slow.begin();

		assertThat(this.mesh.open(ITEMS).begin()).isInstanceOfSatisfying(Step.Reply.class, CacheTrafficTests::isStale);
		slow.cancel();
		OutboundCall late = this.mesh.open(ITEMS);
		late.begin();
		this.mesh.clock.advance(Duration.ofSeconds(1));
		assertThat(late.onFailure(new IOException("late"), FailureKind.TIMEOUT))
			.isInstanceOfSatisfying(Step.Reply.class, CacheTrafficTests::isStale);
	}

	@Test
	void standsInForNothingWhereTheServiceForbidsIt() {
		fetch(ITEMS, "first", Map.of("cache-control", "max-age=1, must-revalidate"));
		this.mesh.clock.advance(Duration.ofSeconds(2));
		OutboundCall call = this.mesh.open(ITEMS);
		call.begin();

		assertThat(call.onHead(500, head(Map.of()))).isInstanceOf(Step.Deliver.class);
	}

	@Test
	void sendsOnceForThree() {
		OutboundCall leader = this.mesh.open(ITEMS);
		OutboundCall second = this.mesh.open(ITEMS);
		OutboundCall third = this.mesh.open(ITEMS);

		assertThat(leader.begin()).isInstanceOf(Step.Send.class);
		assertThat(second.begin()).isInstanceOf(Step.Wait.class);
		assertThat(third.begin()).isInstanceOf(Step.Wait.class);
		assertThat(second.resume()).isInstanceOf(Step.Wait.class);
		finish(leader, 200, "first", Map.of());
		assertThat(second.resume()).isInstanceOf(Step.Reply.class);
		assertThat(third.resume()).isInstanceOf(Step.Reply.class);
		assertThat(this.mesh.attempts).hasSize(1);
	}

	@Test
	void letsAnotherGoWhenTheFirstIsGone() {
		OutboundCall leader = this.mesh.open(ITEMS);
		OutboundCall second = this.mesh.open(ITEMS);
		OutboundCall third = this.mesh.open(ITEMS);
		leader.begin();
		second.begin();
		third.begin();

		leader.cancel();
		assertThat(second.resume()).isInstanceOf(Step.Send.class);
		assertThat(third.resume()).isInstanceOf(Step.Wait.class);
		second.onHead(200, head(Map.of()));
		second.onBody("fir".getBytes(StandardCharsets.UTF_8), 0, 3);
		second.onEnd(null);
		assertThat(third.resume()).isInstanceOf(Step.Send.class);
	}

	@Test
	void letsAllGoWhenThereIsNothingToShare() {
		OutboundCall leader = this.mesh.open(ITEMS);
		OutboundCall second = this.mesh.open(ITEMS);
		OutboundCall third = this.mesh.open(ITEMS);
		leader.begin();
		second.begin();
		third.begin();

		leader.onHead(200, head(Map.of("cache-control", "no-store")));
		assertThat(second.resume()).isInstanceOf(Step.Send.class);
		assertThat(third.resume()).isInstanceOf(Step.Send.class);
		sent(ITEMS);
		sent(ITEMS);
	}

	@Test
	void waitsNoLongerThanTwoSecondsForAnother() {
		OutboundCall leader = this.mesh.open(ITEMS);
		OutboundCall second = this.mesh.open(ITEMS);
		leader.begin();
		second.begin();

		this.mesh.clock.advanceMillis(1_990);
		assertThat(second.resume()).isInstanceOf(Step.Wait.class);
		this.mesh.clock.advanceMillis(20);
		assertThat(second.resume()).isInstanceOf(Step.Send.class);
		OutboundCall third = this.mesh.open(ITEMS);
		assertThat(third.begin()).isInstanceOf(Step.Send.class);
		assertThat(this.mesh.open(ITEMS).begin()).isInstanceOf(Step.Wait.class);
		finish(leader, 200, "first", Map.of());
		hit(ITEMS);
	}

	@Test
	void waitsWithinTheTimeOfTheCall() {
		this.mesh
			.rules(TestMesh.route("{\"timeouts\":{\"request\":\"1s\"},\"filters\":[{\"cache\":{\"ttl\":\"5s\"}}]}"));
		this.mesh.open(ITEMS).begin();
		OutboundCall second = this.mesh.open(ITEMS);
		second.begin();

		this.mesh.clock.advance(Duration.ofSeconds(1));
		assertThat(second.resume()).isInstanceOfSatisfying(Step.Reply.class,
				(reply) -> assertThat(reply.status()).isEqualTo(504));
	}

}
