package io.meshup.registry.rule.check;

import java.nio.charset.StandardCharsets;

import io.meshup.model.MeshJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class CallCyclesTests {

	private final CallCycles cycles = new CallCycles();

	private void route(String service, String rule) {
		this.cycles.add(json("{\"service\":\"" + service + "\",\"rules\":[" + rule + "]}"));
	}

	private static JsonNode json(String text) {
		return MeshJson.readTree(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void findsTheShortestWayBack() {
		route("a", "{\"backendRefs\":[{\"service\":\"b\"}]}");
		route("b", "{\"filters\":[{\"requestMirror\":{\"service\":\"c\"}}]}");
		route("c", "{\"backendRefs\":[{\"service\":\"a\"}]}");
		route("d", "{\"backendRefs\":[{\"service\":\"a\"}]}");

		assertThat(this.cycles.from("a")).containsExactly("a", "b", "c", "a");
		assertThat(this.cycles.from("c")).containsExactly("c", "a", "b", "c");
		assertThat(this.cycles.from("d")).isEmpty();
	}

	@Test
	void takesAMirrorToAnotherVersionOfItselfForNoCircle() {
		route("a", "{\"backendRefs\":[{\"version\":\"v1\"}],\"filters\":[{\"requestMirror\":{\"version\":\"v2\"}}]}");
		route("b", "{\"filters\":[{\"requestMirror\":{\"service\":\"b\"}}]}");

		assertThat(this.cycles.from("a")).isEmpty();
		assertThat(this.cycles.from("b")).containsExactly("b", "b");
	}

}
