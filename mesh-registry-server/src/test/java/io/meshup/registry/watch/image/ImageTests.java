package io.meshup.registry.watch.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.registry.watch.content.Content;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Image}.
 */
class ImageTests {

	private static final JsonNode RULE = MeshJson.readTree("{\"kind\":\"Route\"}".getBytes(StandardCharsets.UTF_8));

	@Test
	void isEncodedOnceForAllWhoComeFromTheSame() {
		Image before = image(5, instances(1_000));
		Image after = image(6, changed(instances(1_000), 500));
		Image.Base base = before.base();

		assertThat(base).isNotNull();
		assertThat(after.since(base)).isSameAs(after.since(base));
		assertThat(after.whole()).isSameAs(after.whole());
	}

	@Test
	void makesTheEventOnceForAllWatchersThatGetItUnderTwoRevisions() {
		Image image = image(9, instances(3));
		Frame first = image.frame("r", new Change("inventory", 7, 7), null);
		Frame latest = image.frame("r", new Change("inventory", 9, 9), null);

		assertThat(image.frame("r", new Change("inventory", 7, 7), null)).isSameAs(first);
		assertThat(image.frame("r", new Change("inventory", 9, 9), null)).isSameAs(latest).isNotEqualTo(first);
		assertThat(new String(first.head(), StandardCharsets.UTF_8)).contains("id: 7");
		assertThat(new String(latest.head(), StandardCharsets.UTF_8)).contains("id: 9");
	}

	@Test
	void costsAWatcherAtMostTwoKilobytesForOneChangeInAThousandInstances() {
		Image.Base base = image(5, instances(1_000)).base();
		Image after = image(6, changed(instances(1_000), 500));
		assertThat(base).isNotNull();

		Frame frame = Frame.delta("6f1c7a52-0000-4000-8000-000000000000", new Change("inventory", 6, 6), after, base);

		assertThat(frame.size()).isLessThan(500);
		assertThat(after.whole().length).isGreaterThan(100_000);
	}

	@Test
	void namesOnlyWhatDiffers() {
		Image.Base base = image(5, instances(120)).base();
		List<Instance> next = changed(instances(121), 7);
		next.remove(3);
		assertThat(base).isNotNull();

		JsonNode delta = read(image(9, next).since(base));

		assertThat(delta.path("since").asLong()).isEqualTo(5);
		assertThat(delta.path("asOf").asLong()).isEqualTo(9);
		assertThat(delta.path("size").asInt()).isEqualTo(120);
		assertThat(delta.path("left").valueStream().map(JsonNode::asString)).containsExactly("i1003");
		assertThat(delta.path("instances").valueStream().map((one) -> one.path("id").asString()))
			.containsExactly("i1007", "i1120");
		assertThat(delta.has("rules")).isFalse();
		assertThat(delta.has("gone")).isFalse();
	}

	@Test
	void bringsAllRulesWhenOneDiffers() {
		Image.Base base = image(5, instances(120)).base();
		assertThat(base).isNotNull();

		JsonNode delta = read(new Image(6, new Content(false, List.of(), instances(120), List.of())).since(base));

		assertThat(delta.has("rules")).isTrue();
		assertThat(delta.path("rules")).isEmpty();
		assertThat(delta.path("instances")).isEmpty();
	}

	@Test
	void isNoBaseForASmallService() {
		assertThat(image(5, instances(Image.DELTA_ABOVE)).base()).isNull();
	}

	private static Image image(long asOf, List<Instance> instances) {
		return new Image(asOf, new Content(false, List.of(), instances, List.of(RULE)));
	}

	private static JsonNode read(byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		assertThat(text).endsWith("}\n\n");
		return MeshJson.readTree(("{" + text).getBytes(StandardCharsets.UTF_8));
	}

	private static List<Instance> instances(int count) {
		List<Instance> instances = new ArrayList<>();
		for (int i = 1000; i < 1000 + count; i++) {
			instances.add(new Instance("i" + i, "10.0.0.1", 8080, "http", "v1", "default", null, 100, InstanceStatus.UP,
					Map.of("team", "shop")));
		}
		return instances;
	}

	private static List<Instance> changed(List<Instance> instances, int index) {
		instances.set(index, instances.get(index).withStatus(InstanceStatus.DOWN));
		return instances;
	}

}
