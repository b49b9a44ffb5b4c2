package io.meshup.traffic.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CacheTrafficTests extends CacheFixture {

	@Test
	void answersWithoutSendingWhileFresh() {
		assertThat(fetch(ITEMS, "first", Map.of("content-type", "text/plain"))).isEqualTo("miss");
		this.mesh.clock.advanceMillis(4_900);

		assertThat(this.mesh.open(ITEMS).begin()).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.body()).asString().isEqualTo("first");
			assertThat(reply.headers()).containsEntry("x-mesh-cache", "hit")
				.containsEntry("age", "4")
				.containsEntry("content-length", "5")
				.containsEntry("content-type", "text/plain");
		});
		assertThat(this.mesh.attempts).hasSize(1);
		assertThat(this.mesh.calls).extracting(CallResult::outcome).containsExactly("delivered", "cached");
		this.mesh.clock.advanceMillis(200);
		assertThat(this.mesh.open(ITEMS).begin()).isInstanceOf(Step.Send.class);
	}

	@Test
	void countsKeptAnswersOnNoEdge() {
		fetch(ITEMS, "first", Map.of());
		hit(ITEMS);
		hit(ITEMS);

		assertThat(this.mesh.engine.edges().changes()).singleElement()
			.satisfies((edge) -> assertThat(edge.requests()).isEqualTo(1));
	}

	@Test
	void letsTheServiceDecideHowLong() {
		fetch(ITEMS, "first", Map.of("cache-control", "public, max-age=60", "age", "10"));

		this.mesh.clock.advance(Duration.ofSeconds(49));
		hit(ITEMS);
		this.mesh.clock.advance(Duration.ofSeconds(1));
		sent(ITEMS);
	}

	@Test
	void readsWhenAnAnswerExpires() {
		fetch(ITEMS, "first",
				Map.of("date", "Sun, 22 Nov 2026 10:00:00 GMT", "expires", "Sun, 22 Nov 2026 10:01:00 GMT"));

		this.mesh.clock.advance(Duration.ofSeconds(59));
		hit(ITEMS);
	}

	@Test
	void keepsNothingThatIsNotMeantToBeKept() {
		for (Map<String, String> head : new Map[] { Map.of("cache-control", "no-store"),
				Map.of("cache-control", "private, max-age=60"), Map.of("set-cookie", "a=b"), Map.of("vary", "*"),
				Map.of("content-encoding", "gzip"), Map.of("content-type", "text/event-stream"),
				Map.of("content-length", "2000000") }) {
			fetch(ITEMS, "first", head);
			sent(ITEMS);
		}
		answer(this.mesh.open(TestRequest.post("/items")), 200, "first", Map.of());
		sent(TestRequest.post("/items"));
		answer(this.mesh.open(ITEMS), 201, "first", Map.of());
		sent(ITEMS);
	}

	@Test
	void passesByWhatAsksForIt() {
		fetch(ITEMS, "first", Map.of());

		sent(ITEMS.header("range", "bytes=0-1"));
		sent(ITEMS.header("cache-control", "no-cache"));
		sent(ITEMS.header("if-modified-since", "Sun, 22 Nov 2026 10:00:00 GMT"));
		sent(ITEMS.header("authorization", "Basic eDp5"));
		sent(ITEMS.header("cookie", "a=b"));
		hit(ITEMS);
	}

	@Test
	void givesPersonalRequestsOnlyWhatIsPublic() {
		fetch(ITEMS.header("authorization", "Basic eDp5"), "first", Map.of());
		sent(ITEMS);
		fetch(ITEMS.header("authorization", "Basic eDp5"), "first", Map.of("cache-control", "public"));

		hit(ITEMS.header("cookie", "a=b"));
		hit(ITEMS.header("authorization", "Basic ejp6"));
		hit(ITEMS);
	}

	@Test
	void tellsVariantsApart() {
		fetch(ITEMS.header("accept-language", "de"), "eins", Map.of("vary", "Accept-Language"));
		fetch(ITEMS.header("accept-language", "en"), "one", Map.of("vary", "accept-language"));
		fetch(ITEMS.query("page", "2"), "two", Map.of());

		assertThat(hit(ITEMS.header("accept-language", "de")).body()).asString().isEqualTo("eins");
		assertThat(hit(ITEMS.header("accept-language", "en")).body()).asString().isEqualTo("one");
		assertThat(hit(ITEMS.query("page", "2")).body()).asString().isEqualTo("two");
		sent(ITEMS.header("accept-language", "fr"));
		sent(ITEMS.header("accept", "application/xml"));
		sent(ITEMS.header("x-mesh-lane", "test"));
		sent(ITEMS.header("host", "elsewhere"));
	}

	@Test
	void asksWhetherAnExpiredAnswerStillHolds() {
		fetch(ITEMS, "first", Map.of("etag", "\"1\""));
		this.mesh.clock.advance(Duration.ofSeconds(6));
		OutboundCall call = this.mesh.open(ITEMS);

		Step.Send send = (Step.Send) call.begin();
		assertThat(send.changes().own()).containsEntry("if-none-match", "\"1\"").containsKey("x-mesh-source");
		assertThat(call.onHead(304, head(Map.of("x-new", "1")))).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.body()).asString().isEqualTo("first");
			assertThat(reply.headers()).containsEntry("x-mesh-cache", "revalidated").containsEntry("x-new", "1");
		});
		this.mesh.clock.advance(Duration.ofSeconds(4));
		hit(ITEMS);
	}

	@Test
	void asksEachTimeWhereTheServiceWantsIt() {
		fetch(ITEMS, "first", Map.of("last-modified", "Sun, 22 Nov 2026 10:00:00 GMT", "cache-control", "no-cache"));

		OutboundCall call = this.mesh.open(ITEMS);
		assertThat(((Step.Send) call.begin()).changes().own()).containsEntry("if-modified-since",
				"Sun, 22 Nov 2026 10:00:00 GMT");
		assertThat(call.onFailure(new IOException("reset"), FailureKind.OTHER)).isInstanceOf(Step.Fail.class);
	}

	@Test
	void saysThatNothingChanged() {
		fetch(ITEMS, "first", Map.of("etag", "W/\"1\""));

		assertThat(hit(ITEMS.header("if-none-match", "\"0\", \"1\""))).satisfies((reply) -> {
			assertThat(reply.status()).isEqualTo(304);
			assertThat(reply.body()).isEmpty();
		});
		assertThat(hit(ITEMS.header("if-none-match", "\"2\"")).status()).isEqualTo(200);
		this.mesh.clock.advance(Duration.ofSeconds(6));
		OutboundCall own = this.mesh.open(ITEMS.header("if-none-match", "\"2\""));
		assertThat(((Step.Send) own.begin()).changes().own()).doesNotContainKey("if-none-match");
		assertThat(own.onHead(304, head(Map.of()))).isInstanceOf(Step.Deliver.class);
	}

	@Test
	void keepsOnlyWhatWasReadToItsEnd() {
		OutboundCall half = this.mesh.open(ITEMS);
		half.begin();
		half.onHead(200, head(Map.of("content-length", "5")));
		half.onBody("fir".getBytes(StandardCharsets.UTF_8), 0, 3);
		half.onEnd(null);
		sent(ITEMS);

		OutboundCall whole = this.mesh.open(ITEMS);
		whole.begin();
		whole.onHead(200, head(Map.of("content-length", "5")));
		whole.onBody("first".getBytes(StandardCharsets.UTF_8), 0, 5);
		whole.onEnd(null);
		hit(ITEMS);
	}

	@Test
	void keepsNoBodyThatGrowsTooLarge() {
		fetch(ITEMS, "x".repeat(1024 * 1024 + 1), Map.of());
		sent(ITEMS);
		fetch(ITEMS, "x".repeat(1024 * 1024), Map.of());
		hit(ITEMS);
	}

	@Test
	void forgetsAnAddressThatARequestChanged() {
		fetch(ITEMS, "first", Map.of());
		this.mesh.answer(TestRequest.post("/items"), 500);
		hit(ITEMS);

		this.mesh.answer(TestRequest.post("/items"), 201);
		sent(ITEMS);
	}

	@Test
	void forgetsWhenItsOwnRuleChangesOnly() {
		String kept = "{\"name\":\"list\",\"matches\":[{\"path\":{\"value\":\"/items\"}}],"
				+ "\"filters\":[{\"cache\":{\"ttl\":\"%s\"}}],\"backendRefs\":[{\"version\":\"v1\",\"weight\":%d}]}";
		this.mesh.rules(TestMesh.route(kept.formatted("5s", 1)));
		fetch(ITEMS, "first", Map.of());

		this.mesh.rules(TestMesh.route("{\"matches\":[{\"method\":\"PATCH\"}]}," + kept.formatted("5s", 2)));
		this.mesh.up("i3");
		hit(ITEMS);
		this.mesh.rules(TestMesh.route(kept.formatted("6s", 2)));
		sent(ITEMS);
		fetch(ITEMS, "first", Map.of());
		this.mesh.rules();
		this.mesh.rules(TestMesh.route(kept.formatted("6s", 2)));
		sent(ITEMS);
	}

	@Test
	void changesTheHeadersOfKeptAnswersToo() {
		this.mesh.rules(TestMesh.route("{\"filters\":[{\"cache\":{\"ttl\":\"5s\"}},"
				+ "{\"responseHeaderModifier\":{\"set\":[{\"name\":\"x-a\",\"value\":\"1\"}],\"remove\":[\"etag\"]}}]}"));
		fetch(ITEMS, "first", Map.of("etag", "\"1\""));

		assertThat(hit(ITEMS).headers()).containsEntry("x-a", "1").doesNotContainKey("etag");
	}

	@Test
	void pushesOutTheOldWhenTheBytesAreUsedUp() {
		for (int i = 0; i < 40; i++) {
			fetch(TestRequest.get("/items/" + i), "x".repeat(1_000_000), Map.of());
		}

		int kept = 0;
		for (int i = 0; i < 40; i++) {
			OutboundCall call = this.mesh.open(TestRequest.get("/items/" + i));
			kept += (call.begin() instanceof Step.Reply) ? 1 : 0;
			call.cancel();
		}
		assertThat(kept).isBetween(8, 16);
	}

}
