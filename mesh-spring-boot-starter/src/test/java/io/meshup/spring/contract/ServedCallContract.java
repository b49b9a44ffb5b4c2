package io.meshup.spring.contract;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.meshup.spring.client.CallContexts;
import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.TestMesh;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.InboundView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every way into the mesh does while a request is served: deadline, lane and sticky
 * keys of that request hold for the calls that are made for it. At the gateway the
 * request that is served is the caller's own.
 */
public abstract class ServedCallContract extends CallContract {

	/**
	 * Lets the next calls be made while a request is served.
	 * @param headers what that request brought along; empty for none
	 */
	protected void serve(Map<String, String> headers) {
		CallContexts.set(headers.isEmpty() ? CallContext.NONE
				: mesh().engine().inbound("v1").admit(new Arriving(headers)).context());
	}

	@AfterEach
	void serveNothing() {
		serve(Map.of());
	}

	@Test
	void cutsACallToWhatIsLeftOfTheRequestBeingServed() throws Exception {
		Backend stalled = backend(Backend.stalling());
		String service = mesh().service(stalled.port());
		serve(Map.of("x-mesh-timeout", "300"));

		Answer answer = client().call(Ask.get("http://" + service + "/"));

		assertThat(answer.status()).isEqualTo(504);
		assertThat(answer.headers()).containsEntry("x-mesh-reason", "deadline");
		assertThat(stalled.requests()).singleElement()
			.satisfies((request) -> assertThat(Integer.parseInt(request.headers().get("x-mesh-timeout"))).isBetween(1,
					300));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void sendsNothingWhenNothingIsLeft() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(backend.port());
		serve(Map.of("x-mesh-timeout", "0"));

		Answer answer = client().call(Ask.post("http://" + service + "/"));

		assertThat(answer.status()).isEqualTo(504);
		assertThat(answer.headers()).containsEntry("x-mesh-reason", "deadline");
		assertThat(backend.requests()).isEmpty();
	}

	@Test
	void staysInTheLaneOfTheRequestBeingServed() throws Exception {
		Backend base = backend(Backend.answering(200, "base"));
		Backend blue = backend(Backend.answering(200, "blue"));
		String service = mesh().laned("blue", base.port(), blue.port());

		assertThat(client().call(Ask.get("http://" + service + "/")).body()).isEqualTo("base");
		serve(Map.of("x-mesh-lane", "blue"));
		assertThat(client().call(Ask.get("http://" + service + "/")).body()).isEqualTo("blue");

		assertThat(blue.requests().get(0).headers()).containsEntry("x-mesh-lane", "blue");
		assertThat(base.requests().get(0).headers()).doesNotContainKeys("x-mesh-lane", "x-mesh-timeout",
				"x-mesh-sticky");
	}

	@Test
	void keepsTheUserOfTheRequestBeingServedOnOneVersion() throws Exception {
		Backend first = backend(Backend.answering(200, "v1"));
		Backend second = backend(Backend.answering(200, "v2"));
		String service = mesh().service(TestMesh.rules("""
				Route: 'rules': [{'backendRefs': [{'version': 'v1', 'weight': 1}, {'version': 'v2', 'weight': 1}],
				 'sticky': {'header': 'x-user'}}]"""), first.port(), second.port());
		Set<String> versions = new HashSet<>();

		for (int i = 0; i < 16; i++) {
			serveNothing();
			String direct = client().call(Ask.get("http://" + service + "/").with("x-user", "user-" + i)).body();
			serve(Map.of("x-user", "user-" + i));
			assertThat(client().call(Ask.get("http://" + service + "/")).body()).isEqualTo(direct);
			versions.add(direct);
		}

		assertThat(versions).containsExactlyInAnyOrder("v1", "v2");
	}

	@Test
	void keepsAUserOnOneVersionThroughTheChain() throws Exception {
		Backend between = backend(Backend.answering(200, "between"));
		Backend first = backend(Backend.answering(200, "v1"));
		Backend second = backend(Backend.answering(200, "v2"));
		String chain = mesh().service(between.port());
		String service = mesh().service(TestMesh.rules("""
				Route: 'rules': [{'backendRefs': [{'version': 'v1', 'weight': 1}, {'version': 'v2', 'weight': 1}],
				 'sticky': {'header': 'x-user'}}]"""), first.port(), second.port());

		for (int i = 0; i < 16; i++) {
			serve(Map.of("x-user", "user-" + i));
			String direct = client().call(Ask.get("http://" + service + "/")).body();
			client().call(Ask.get("http://" + chain + "/"));
			String carried = between.requests().get(i).headers().get("x-mesh-sticky");
			serve(Map.of("x-mesh-sticky", carried));
			assertThat(client().call(Ask.get("http://" + service + "/")).body()).isEqualTo(direct);
		}

		assertThat(first.requests()).isNotEmpty();
		assertThat(second.requests()).isNotEmpty();
	}

	@Test
	void tellsTheNextOneHowLongItIsWaitedFor() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(TestMesh.rules("Route: 'rules': [{'timeouts': {'request': '20s'}}]"),
				backend.port());

		client().call(Ask.get("http://" + service + "/"));
		serve(Map.of("x-mesh-timeout", "9000"));
		client().call(Ask.get("http://" + service + "/"));
		serve(Map.of("x-mesh-timeout", "60000"));
		client().call(Ask.get("http://" + service + "/"));

		assertThat(backend.requests())
			.extracting((request) -> Integer.parseInt(request.headers().get("x-mesh-timeout")))
			.satisfiesExactly((own) -> assertThat(own).isBetween(9_001, 20_000),
					(cut) -> assertThat(cut).isBetween(1, 9_000), (kept) -> assertThat(kept).isBetween(9_001, 20_000));
	}

	/**
	 * A request that arrives.
	 *
	 * @param headers its headers
	 */
	private record Arriving(Map<String, String> headers) implements InboundView {

		@Override
		public String method() {
			return "GET";
		}

		@Override
		public String path() {
			return "/";
		}

		@Override
		public @Nullable String header(String name) {
			return this.headers.get(name);
		}

		@Override
		public @Nullable String remoteAddress() {
			return null;
		}

	}

}
