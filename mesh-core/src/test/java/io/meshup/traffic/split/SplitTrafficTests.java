package io.meshup.traffic.split;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.InstanceStatus;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for splits through the whole engine.
 */
class SplitTrafficTests {

	private final TestMesh mesh = new TestMesh().upIn("v1", "a").upIn("v1", "b").upIn("v2", "c");

	@Test
	void followsTheWeightsWithinFourAndAHalfSigma() {
		split(80, 20, "");
		assertThat(shareOfV2(20_000)).isCloseTo(20.0, within(1.3));

		split(50, 50, "");
		assertThat(shareOfV2(20_000)).isCloseTo(50.0, within(1.6));

		split(100, 0, "");
		assertThat(shareOfV2(1_000)).isZero();
	}

	@Test
	void keepsAKeyOnItsVersionAndMovesOnlyTheKeysThatMustMove() {
		split(80, 20, ",\"sticky\":{\"header\":\"x-user\"}");
		Map<String, String> before = versionsByKey();
		assertThat(versionsByKey()).isEqualTo(before);
		double onV2 = share(before, "v2");
		assertThat(onV2).isCloseTo(20.0, within(3.0));

		split(50, 50, ",\"sticky\":{\"header\":\"x-user\"}");
		Map<String, String> after = versionsByKey();
		long back = before.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().equals("v2") && after.get(entry.getKey()).equals("v1"))
			.count();

		assertThat(back).isZero();
		assertThat(share(after, "v2")).isCloseTo(50.0, within(3.0));
	}

	@Test
	void readsTheKeyFromACookieOrTheCallersAddress() {
		split(50, 50, ",\"sticky\":{\"cookie\":\"session\"}");
		TestRequest cookie = TestRequest.get("/").header("cookie", "a=b; session=s7; c");
		String version = version(cookie);
		for (int i = 0; i < 50; i++) {
			assertThat(version(cookie)).isEqualTo(version);
		}

		split(50, 50, ",\"sticky\":{\"sourceIp\":true}");
		TestRequest from = TestRequest.get("/").from("10.0.0.7");
		version = version(from);
		for (int i = 0; i < 50; i++) {
			assertThat(version(from)).isEqualTo(version);
		}
	}

	@Test
	void splitsARequestWithoutTheKeyAtRandom() {
		split(50, 50, ",\"sticky\":{\"header\":\"x-user\"}");

		assertThat(shareOfV2(4_000)).isCloseTo(50.0, within(4.0));
	}

	@Test
	void leavesAVersionWithoutALiveInstanceOutOfTheDraw() {
		split(50, 50, "");
		this.mesh.status("c", InstanceStatus.DRAINING);

		assertThat(shareOfV2(500)).isZero();

		this.mesh.status("a", InstanceStatus.DOWN).status("b", InstanceStatus.DOWN);
		assertThat(shareOfV2(500)).isPositive();
	}

	@Test
	void retriesOnAnotherVersionWhenItsOwnHasNoUntriedInstance() {
		this.mesh.rules(
				TestMesh.route("{\"backendRefs\":[{\"version\":\"v1\",\"weight\":1},{\"version\":\"v2\",\"weight\":1}],"
						+ "\"retry\":{\"attempts\":2,\"backoff\":\"0s\"}}"));
		for (int i = 0; i < 100; i++) {
			OutboundCall call = this.mesh.open();
			Map<String, Integer> tried = new HashMap<>();
			Step step = call.begin();
			while (step instanceof Step.Send send) {
				assertThat(tried.merge(send.instance().id(), 1, Integer::sum)).isEqualTo(1);
				step = this.mesh.reset(call);
			}
			assertThat(tried).hasSize(3);
			this.mesh.clock.advanceMillis(1_000);
		}
	}

	private void split(int v1, int v2, String more) {
		this.mesh.rules(TestMesh.route("{\"backendRefs\":[{\"version\":\"v1\",\"weight\":" + v1
				+ "},{\"version\":\"v2\",\"weight\":" + v2 + "}]" + more + "}"));
	}

	private String version(TestRequest request) {
		return this.mesh.answer(request, 200).version();
	}

	private double shareOfV2(int calls) {
		int found = 0;
		for (int i = 0; i < calls; i++) {
			found += version(TestRequest.get("/")).equals("v2") ? 1 : 0;
		}
		return found * 100.0 / calls;
	}

	private Map<String, String> versionsByKey() {
		Map<String, String> versions = new TreeMap<>();
		for (int user = 0; user < 3_000; user++) {
			String key = "user-" + user;
			versions.put(key, version(TestRequest.get("/").header("x-user", key)));
		}
		return versions;
	}

	private static double share(Map<String, String> versions, String version) {
		return versions.values().stream().filter(version::equals).count() * 100.0 / versions.size();
	}

}
