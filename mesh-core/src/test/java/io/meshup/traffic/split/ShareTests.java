package io.meshup.traffic.split;

import java.util.HashMap;
import java.util.Map;

import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * T94: a split holds over many calls, and a user stays where the split has put it.
 */
class ShareTests {

	private static final int CALLS = 100_000;

	private final TestMesh mesh = new TestMesh().upIn("v1", "a").upIn("v2", "b");

	@Test
	void keepsAShareWithinThreeStandardDeviations() {
		this.mesh.rules(split(""));
		int second = 0;
		for (int i = 0; i < CALLS; i++) {
			second += this.mesh.answer(200).version().equals("v2") ? 1 : 0;
		}

		assertThat(100.0 * second / CALLS).isCloseTo(10, within(0.29));
	}

	@Test
	void keepsUsersOnTheirVersionAndTheShareOfUsers() {
		this.mesh.rules(split(",\"sticky\":{\"header\":\"x-user\"}"));
		Map<String, String> first = new HashMap<>();
		for (int i = 0; i < CALLS; i++) {
			String user = "user-" + i;
			first.put(user, version(user));
		}

		for (int i = 0; i < CALLS; i += 10) {
			assertThat(version("user-" + i)).isEqualTo(first.get("user-" + i));
		}
		long second = first.values().stream().filter("v2"::equals).count();
		assertThat(100.0 * second / CALLS).isCloseTo(10, within(0.29));
	}

	private String version(String user) {
		return this.mesh.answer(TestRequest.get("/items").header("x-user", user), 200).version();
	}

	private static JsonNode split(String more) {
		return TestMesh.route("{\"backendRefs\":[{\"version\":\"v1\",\"weight\":90},{\"version\":\"v2\",\"weight\":10}]"
				+ more + "}");
	}

}
