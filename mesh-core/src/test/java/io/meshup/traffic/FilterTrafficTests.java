package io.meshup.traffic;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.BreakerState;
import io.meshup.route.filter.HeaderTarget;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class FilterTrafficTests {

	private final TestMesh mesh = new TestMesh().up("i1", "i2");

	@Test
	void changesTheHeadersOfTheRequest() {
		filters("{\"requestHeaderModifier\":{\"set\":[{\"name\":\"x-a\",\"value\":\"1\"}],"
				+ "\"add\":[{\"name\":\"x-b\",\"value\":\"2\"}],\"remove\":[\"x-c\"]}}");

		Step.Send send = (Step.Send) this.mesh.open().begin();

		Headers headers = new Headers(Map.of("x-c", "3"));
		send.changes().applyTo(headers);
		assertThat(headers.values).containsEntry("x-a", "1").containsEntry("x-b", "2").doesNotContainKey("x-c");
		assertThat(headers.values).containsEntry("x-mesh-source", "storefront");
	}

	@Test
	void changesTheHeadersOfTheResponse() {
		filters("{\"responseHeaderModifier\":{\"set\":[{\"name\":\"x-a\",\"value\":\"1\"}]}}");
		OutboundCall call = this.mesh.open();
		call.begin();

		Step.Deliver delivered = (Step.Deliver) call.onHead(200, (name) -> null);

		Headers headers = new Headers(Map.of());
		delivered.changes().applyTo(headers);
		assertThat(headers.values).containsOnly(Map.entry("x-a", "1"));
	}

	@Test
	void replacesThePrefixThatMatched() {
		this.mesh.rules(TestMesh
			.route("{\"matches\":[{\"path\":{\"value\":\"/items\"}},{\"path\":{\"value\":\"/items/old/\"}}],"
					+ "\"filters\":[{\"urlRewrite\":{\"path\":{\"type\":\"ReplacePrefixMatch\","
					+ "\"replacePrefixMatch\":\"/v2/\"}}}]}"));

		assertThat(path("/items/7")).isEqualTo("/v2/7");
		assertThat(path("/items")).isEqualTo("/v2/");
		assertThat(path("/items/old/7")).isEqualTo("/v2/7");
		assertThat(path("/other")).isEmpty();
	}

	@Test
	void replacesTheWholePath() {
		filters("{\"urlRewrite\":{\"path\":{\"type\":\"ReplaceFullPath\",\"replaceFullPath\":\"/all\"}}}");

		assertThat(path("/items/7")).isEqualTo("/all");
	}

	@Test
	void redirectsWithoutSending() {
		filters("{\"requestRedirect\":{\"scheme\":\"https\",\"hostname\":\"shop.example\",\"port\":8443,\"statusCode\":301}}");

		assertThat(this.mesh.open().begin()).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(301);
			assertThat(reply.headers()).containsEntry("location", "https://shop.example:8443/items");
		});
		assertThat(this.mesh.attempts).isEmpty();
	}

	@Test
	void delaysOnceAndThenSends() {
		filters("{\"fault\":{\"delay\":{\"percent\":100,\"duration\":\"2s\"}}}");
		OutboundCall call = this.mesh.open();

		assertThat(call.begin()).isEqualTo(new Step.Wait(Duration.ofSeconds(2)));
		this.mesh.clock.advance(Duration.ofSeconds(2));
		assertThat(call.resume()).isInstanceOf(Step.Send.class);
	}

	@Test
	void countsADelayAsTimeOfTheCall() {
		this.mesh.rules(TestMesh.route("{\"timeouts\":{\"request\":\"1s\"},"
				+ "\"filters\":[{\"fault\":{\"delay\":{\"percent\":100,\"duration\":\"2s\"}}}]}"));
		OutboundCall call = this.mesh.open();
		Step wait = call.begin();

		assertThat(wait).isEqualTo(new Step.Wait(Duration.ofSeconds(1)));
		assertThat(this.mesh.after(call, wait)).isInstanceOfSatisfying(Step.Reply.class,
				(reply) -> assertThat(reply.status()).isEqualTo(504));
	}

	@Test
	void abortsAShareOfTheCalls() {
		filters("{\"fault\":{\"abort\":{\"percent\":10,\"status\":418}}}");
		int aborted = 0;

		for (int i = 0; i < 10_000; i++) {
			OutboundCall call = this.mesh.open();
			if (call.begin() instanceof Step.Reply reply) {
				assertThat(reply.status()).isEqualTo(418);
				assertThat(reply.headers()).containsEntry("x-mesh-reason", "fault");
				aborted++;
			}
			call.cancel();
		}

		assertThat(aborted).isBetween(865, 1135);
	}

	@Test
	void mirrorsTheFirstAttemptOnly() {
		this.mesh.upIn("v3", "m1");
		this.mesh.rules(TestMesh.route("{\"backendRefs\":[{\"version\":\"v1\"}],"
				+ "\"filters\":[{\"requestMirror\":{\"version\":\"v3\"}}]}"));
		OutboundCall call = this.mesh.open();

		Step.Send first = (Step.Send) call.begin();
		Step.Send second = (Step.Send) this.mesh.after(call, this.mesh.reset(call));

		assertThat(first.mirrors()).extracting((mirror) -> mirror.instance().id()).containsExactly("m1");
		assertThat(first.mirrors().get(0).changes().own()).containsEntry("x-mesh-mirror", "true")
			.doesNotContainKey("x-mesh-target");
		assertThat(second.mirrors()).isEmpty();
	}

	@Test
	void sendsWithoutAMirrorThatHasNoInstance() {
		filters("{\"requestMirror\":{\"service\":\"nobody\"}}");

		assertThat(this.mesh.open().begin()).isInstanceOfSatisfying(Step.Send.class,
				(send) -> assertThat(send.mirrors()).isEmpty());
	}

	@Test
	void letsOnlySoManyCallsBeUnderWay() {
		this.mesh.rules(TestMesh.policy("\"bulkhead\":{\"maxConcurrentCalls\":2}"));
		OutboundCall first = this.mesh.open();
		OutboundCall second = this.mesh.open();
		first.begin();
		second.begin();

		assertThat(this.mesh.open().begin()).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(503);
			assertThat(reply.headers()).containsEntry("x-mesh-reason", "bulkhead-full");
		});
		first.onHead(200, (name) -> null);
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Reply.class);
		first.onEnd(null);
		first.onEnd(null);
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Send.class);
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Reply.class);
		second.cancel();
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Send.class);
	}

	@Test
	@Timeout(30)
	void lowersTheBulkheadWithoutWaitingForCalls() {
		this.mesh.rules(TestMesh.policy("\"bulkhead\":{\"maxConcurrentCalls\":3}"));
		OutboundCall first = this.mesh.open();
		OutboundCall second = this.mesh.open();
		first.begin();
		second.begin();

		this.mesh.rules(TestMesh.policy("\"bulkhead\":{\"maxConcurrentCalls\":1}"));

		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Reply.class);
		first.cancel();
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Reply.class);
		second.cancel();
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Send.class);
	}

	@Test
	void freesTheBulkheadOfAFailedCall() {
		this.mesh.rules(TestMesh.policy("\"bulkhead\":{\"maxConcurrentCalls\":1}"),
				TestMesh.route("{\"retry\":{\"attempts\":0}}"));

		for (int i = 0; i < 3; i++) {
			OutboundCall call = this.mesh.open();
			call.begin();
			assertThat(call.onFailure(new ConnectException("refused"), FailureKind.CONNECT))
				.isInstanceOf(Step.Fail.class);
		}
	}

	@Test
	void breaksOneRuleAndNotTheOther() {
		this.mesh.rules(TestMesh.route("{\"name\":\"slow\",\"matches\":[{\"path\":{\"value\":\"/slow\"}}],"
				+ "\"circuitBreaker\":{\"minimumCalls\":3,\"fallback\":{\"status\":200,\"body\":\"[]\"}}},{}"));

		for (int i = 0; i < 3; i++) {
			this.mesh.answer(TestRequest.get("/slow"), 500);
		}

		assertThat(this.mesh.view().breakers()).containsEntry("rule:slow", BreakerState.OPEN);
		assertThat(this.mesh.open(TestRequest.get("/slow")).begin()).isInstanceOfSatisfying(Step.Reply.class,
				(reply) -> {
					assertThat(reply.status()).isEqualTo(200);
					assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("[]");
					assertThat(reply.headers()).containsEntry("content-type", "application/json")
						.containsEntry("x-mesh-reason", "circuit-open");
				});
		assertThat(this.mesh.open(TestRequest.get("/quick")).begin()).isInstanceOf(Step.Send.class);
	}

	@Test
	void keepsTheBreakerOfARuleThatAChangeLeavesAlone() {
		String slow = "{\"name\":\"slow\",\"matches\":[{\"path\":{\"value\":\"/slow\"}}],"
				+ "\"circuitBreaker\":{\"minimumCalls\":3}}";
		this.mesh.rules(TestMesh.route(slow));
		for (int i = 0; i < 3; i++) {
			this.mesh.answer(TestRequest.get("/slow"), 500);
		}

		this.mesh.rules(TestMesh.route("{\"name\":\"first\",\"matches\":[{\"method\":\"PATCH\"}]}," + slow));
		assertThat(this.mesh.view().breakers()).containsEntry("rule:slow", BreakerState.OPEN);
		this.mesh.rules(TestMesh.route(slow.replace("3}", "4}")));
		assertThat(this.mesh.view().breakers()).containsEntry("rule:slow", BreakerState.CLOSED);
	}

	@Test
	void waitsAsAskedWhereNoOtherInstanceIsLeft() {
		TestMesh one = new TestMesh().up("i1");
		one.rules(TestMesh.route("{\"retry\":{\"codes\":[503]}}"));
		OutboundCall call = one.open();
		call.begin();

		assertThat(call.onHead(503, (name) -> name.equals("retry-after") ? "2" : null))
			.isEqualTo(new Step.Wait(Duration.ofSeconds(2)));
	}

	@Test
	void asksAnotherInstanceBeforeItWaits() {
		this.mesh.rules(TestMesh.route("{\"retry\":{\"codes\":[503],\"backoff\":\"25ms\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();

		assertThat(call.onHead(503, (name) -> name.equals("retry-after") ? "2" : null)).isInstanceOfSatisfying(
				Step.Wait.class, (wait) -> assertThat(wait.duration()).isLessThan(Duration.ofMillis(26)));
	}

	@Test
	void readsADateAgainstTheAnswersOwn() {
		Map<String, String> head = Map.of("retry-after", "Sun, 22 Nov 2026 10:00:03 GMT", "date",
				"Sun, 22 Nov 2026 10:00:00 GMT");

		assertThat(Pace.pause(head::get)).isEqualTo(Duration.ofSeconds(3).toNanos());
		assertThat(Pace.pause((name) -> name.equals("retry-after") ? "soon" : "never")).isZero();
	}

	@Test
	void sendsToAnotherService() {
		this.mesh.rules(TestMesh.route("{\"backendRefs\":[{\"service\":\"stock\"}]}"));
		this.mesh.engine.services().apply(TestMesh.snapshot("stock", 1, List.of(TestMesh.instance("s1", "v1"))));

		assertThat(this.mesh.open().begin()).isInstanceOfSatisfying(Step.Send.class, (send) -> {
			assertThat(send.service()).isEqualTo("stock");
			assertThat(send.instance().id()).isEqualTo("s1");
		});
	}

	private void filters(String... filters) {
		this.mesh.rules(TestMesh.route("{\"filters\":[" + String.join(",", filters) + "]}"));
	}

	private String path(String path) {
		OutboundCall call = this.mesh.open(TestRequest.get(path));
		Step.Send send = (Step.Send) call.begin();
		call.cancel();
		return send.changes().path();
	}

	private static final class Headers implements HeaderTarget {

		private final Map<String, String> values;

		Headers(Map<String, String> values) {
			this.values = new HashMap<>(values);
		}

		@Override
		public void set(String name, String value) {
			this.values.put(name, value);
		}

		@Override
		public void add(String name, String value) {
			this.values.merge(name, value, (one, other) -> one + "," + other);
		}

		@Override
		public void remove(String name) {
			this.values.remove(name);
		}

	}

}
