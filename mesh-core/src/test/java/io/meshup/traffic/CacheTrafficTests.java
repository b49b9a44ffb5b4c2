package io.meshup.traffic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import io.meshup.route.HeaderTarget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class CacheTrafficTests {

	private static final TestRequest ITEMS = TestRequest.get("/items");

	private final TestMesh mesh = new TestMesh().up("i1", "i2");

	@BeforeEach
	void keepForAWhile() {
		cache("{\"ttl\":\"5s\",\"staleIfError\":\"60s\"}");
	}

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

	private void cache(String filter) {
		this.mesh.rules(cached(filter));
	}

	private static JsonNode cached(String filter) {
		return TestMesh.route("{\"filters\":[{\"cache\":" + filter + "}]}");
	}

	private String fetch(TestRequest request, String body, Map<String, String> headers) {
		OutboundCall call = this.mesh.open(request);
		assertThat(call.begin()).isInstanceOf(Step.Send.class);
		return finish(call, 200, body, headers);
	}

	private void answer(OutboundCall call, int status, String body, Map<String, String> headers) {
		call.begin();
		finish(call, status, body, headers);
	}

	private String finish(OutboundCall call, int status, String body, Map<String, String> headers) {
		Step.Deliver deliver = (Step.Deliver) call.onHead(status, head(headers));
		if (deliver.capture()) {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			call.onBody(bytes, 0, bytes.length);
			call.onBodyEnd();
		}
		call.onEnd(null);
		Map<String, String> changed = new TreeMap<>();
		deliver.changes().applyTo(new Changed(changed::put));
		return changed.getOrDefault("x-mesh-cache", "");
	}

	private Step.Reply hit(TestRequest request) {
		Step step = this.mesh.open(request).begin();
		assertThat(step).isInstanceOf(Step.Reply.class);
		Step.Reply reply = (Step.Reply) step;
		assertThat(reply.headers()).containsEntry("x-mesh-cache", "hit");
		return reply;
	}

	private void sent(TestRequest request) {
		OutboundCall call = this.mesh.open(request);
		assertThat(call.begin()).isInstanceOf(Step.Send.class);
		call.cancel();
	}

	private static void isStale(Step.Reply reply) {
		assertThat(reply.headers()).containsEntry("x-mesh-cache", "stale");
		assertThat(reply.body()).asString().isEqualTo("first");
	}

	private static ResponseHead head(Map<String, String> headers) {
		return new ResponseHead() {

			@Override
			public @Nullable String header(String name) {
				return headers.get(name);
			}

			@Override
			public Map<String, String> headers() {
				return headers;
			}

		};
	}

	private record Changed(BiConsumer<String, String> set) implements HeaderTarget {

		@Override
		public void set(String name, String value) {
			this.set.accept(name, value);
		}

		@Override
		public void add(String name, String value) {
			this.set.accept(name, value);
		}

		@Override
		public void remove(String name) {
			this.set.accept(name, "");
		}

	}

}
