package io.meshup.traffic.cache;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import io.meshup.route.filter.HeaderTarget;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mesh whose rule keeps answers, and what tests of it do over and over.
 */
abstract class CacheFixture {

	static final TestRequest ITEMS = TestRequest.get("/items");

	final TestMesh mesh = new TestMesh().up("i1", "i2");

	@BeforeEach
	void keepForAWhile() {
		cache("{\"ttl\":\"5s\",\"staleIfError\":\"60s\"}");
	}

	void cache(String filter) {
		this.mesh.rules(cached(filter));
	}

	static JsonNode cached(String filter) {
		return TestMesh.route("{\"filters\":[{\"cache\":" + filter + "}]}");
	}

	String fetch(TestRequest request, String body, Map<String, String> headers) {
		OutboundCall call = this.mesh.open(request);
		assertThat(call.begin()).isInstanceOf(Step.Send.class);
		return finish(call, 200, body, headers);
	}

	void answer(OutboundCall call, int status, String body, Map<String, String> headers) {
		call.begin();
		finish(call, status, body, headers);
	}

	String finish(OutboundCall call, int status, String body, Map<String, String> headers) {
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

	Step.Reply hit(TestRequest request) {
		Step step = this.mesh.open(request).begin();
		assertThat(step).isInstanceOf(Step.Reply.class);
		Step.Reply reply = (Step.Reply) step;
		assertThat(reply.headers()).containsEntry("x-mesh-cache", "hit");
		return reply;
	}

	void sent(TestRequest request) {
		OutboundCall call = this.mesh.open(request);
		assertThat(call.begin()).isInstanceOf(Step.Send.class);
		call.cancel();
	}

	static void isStale(Step.Reply reply) {
		assertThat(reply.headers()).containsEntry("x-mesh-cache", "stale");
		assertThat(reply.body()).asString().isEqualTo("first");
	}

	static ResponseHead head(Map<String, String> headers) {
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

	record Changed(BiConsumer<String, String> set) implements HeaderTarget {

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
