package io.meshup.traffic.split;

import java.util.Set;
import java.util.TreeSet;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.ServedRequest;
import io.meshup.traffic.TestInbound;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboundGate} and the split: one version through the whole chain.
 */
class StickyChainTests {

	private final TestMesh mesh = new TestMesh().upIn("v1", "a").upIn("v2", "b").upIn("v3", "c");

	@Test
	void staysOnTheVersionThatTheKeyItselfWouldGet() {
		sticky("\"header\":\"X-User\"");
		Set<String> versions = new TreeSet<>();

		for (int user = 0; user < 50; user++) {
			String name = "user-" + user;
			String direct = this.mesh.answer(TestRequest.get("/items").header("X-User", name), 200).version();
			CallContext context = gate().admit(TestInbound.request().header("X-User", name)).context();
			Step.Send second = begin(context);
			CallContext next = gate().admit(TestInbound.of(second)).context();

			assertThat(second.instance().version()).isEqualTo(direct);
			assertThat(begin(next).instance().version()).isEqualTo(direct);
			versions.add(direct);
		}

		assertThat(versions).containsExactly("v1", "v2", "v3");
	}

	@Test
	void carriesCookiesAndAddresses() {
		sticky("\"cookie\":\"sid\"");
		String byCookie = this.mesh.answer(TestRequest.get("/items").header("cookie", "a=b; sid=7"), 200).version();
		assertThat(begin(gate().admit(TestInbound.request().header("cookie", "a=b; sid=7")).context()).instance()
			.version()).isEqualTo(byCookie);

		sticky("\"sourceIp\":true");
		String byAddress = this.mesh.answer(TestRequest.get("/items").from("10.0.0.9"), 200).version();
		Step.Send send = begin(gate().admit(TestInbound.request().from("10.0.0.9")).context());
		assertThat(send.instance().version()).isEqualTo(byAddress);
		assertThat(begin(gate().admit(TestInbound.of(send)).context()).instance().version()).isEqualTo(byAddress);
	}

	@Test
	void prefersTheRequestsOwnKey() {
		sticky("\"header\":\"x-user\"");
		CallContext context = gate().admit(TestInbound.request().header("x-user", "ann")).context();

		for (int user = 0; user < 20; user++) {
			TestRequest own = TestRequest.get("/items").header("x-user", "user-" + user);
			assertThat(begin(new ServedRequest(own, context)).instance().version())
				.isEqualTo(this.mesh.answer(own, 200).version());
		}
	}

	@Test
	void recordsNothingWithoutAStickyRule() {
		CallContext context = gate().admit(TestInbound.request().header("x-user", "ann")).context();

		assertThat(context).isSameAs(CallContext.NONE);
	}

	@Test
	void carriesKeysOfServicesThatItDoesNotKnow() {
		sticky("\"header\":\"x-user\"");
		TestMesh first = new TestMesh();
		first.engine.services().carry(Set.of("header:x-user", "cookie:a b", "header:x\r\ny", "?"));
		InboundGate door = first.engine.inbound("v1");
		Set<String> versions = new TreeSet<>();

		for (int user = 0; user < 20; user++) {
			String name = "user-" + user;
			CallContext context = door.admit(TestInbound.request().header("x-user", name)).context();
			String version = begin(context).instance().version();
			assertThat(version)
				.isEqualTo(this.mesh.answer(TestRequest.get("/items").header("x-user", name), 200).version());
			versions.add(version);
		}

		assertThat(versions).containsExactly("v1", "v2", "v3");
		assertThat(first.engine.services().stickyKeys()).hasSize(1);
		first.engine.services().carry(Set.of());
		assertThat(door.admit(TestInbound.request().header("x-user", "ann")).context()).isSameAs(CallContext.NONE);
	}

	@Test
	void forgetsKeysOfRulesThatWent() {
		sticky("\"header\":\"x-user\"");
		this.mesh.rules();

		assertThat(gate().admit(TestInbound.request().header("x-user", "ann")).context()).isSameAs(CallContext.NONE);
	}

	@Test
	void ignoresGarbage() {
		String good = "header:x-user=0123456789abcdef";
		String header = "header:x-user=12,," + good + ",=,other:x=0123456789abcdef,header:a b=0123456789abcdef,"
				+ "cookie:c=0123456789abcdeg";

		Step.Send send = begin(gate().admit(TestInbound.request().header("x-mesh-sticky", header)).context());

		assertThat(send.changes().own()).containsEntry("x-mesh-sticky", good);
	}

	@Test
	void carriesAtMostEightKeys() {
		StringBuilder header = new StringBuilder();
		for (int i = 0; i < 20; i++) {
			header.append("header:h").append(i).append("=0123456789abcdef,");
		}

		Step.Send send = begin(
				gate().admit(TestInbound.request().header("x-mesh-sticky", header.toString())).context());

		assertThat(send.changes().own().get("x-mesh-sticky").split(",")).hasSize(8);
	}

	private void sticky(String key) {
		this.mesh.rules(TestMesh.route("{\"backendRefs\":[{\"version\":\"v1\",\"weight\":1},"
				+ "{\"version\":\"v2\",\"weight\":1},{\"version\":\"v3\",\"weight\":1}],\"sticky\":{" + key + "}}"));
	}

	private InboundGate gate() {
		return this.mesh.engine.inbound("v1");
	}

	private Step.Send begin(CallContext context) {
		return begin(ServedRequest.get(context));
	}

	private Step.Send begin(ServedRequest request) {
		OutboundCall call = this.mesh.engine.open(TestMesh.SERVICE, request);
		Step.Send send = (Step.Send) call.begin();
		call.onHead(200, (name) -> null);
		call.onEnd(null);
		return send;
	}

}
