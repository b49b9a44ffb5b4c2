package io.meshup.control.watch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.meshup.control.event.LargeServices;
import io.meshup.control.event.SseParser;
import io.meshup.control.link.ManualTime;
import io.meshup.model.Instance;
import io.meshup.model.ServiceName;
import io.meshup.model.ServiceSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LargeServices} as {@link SnapshotFeed} uses them.
 */
class LargeServicesTests {

	private final List<ServiceSnapshot> taken = new ArrayList<>();

	private final SnapshotFeed feed = new SnapshotFeed(new ManualTime().timing(),
			new WatchedServices(Set.of(ServiceName.MESH_WIDE)), this.taken::add, () -> {
			}, () -> {
			});

	@Test
	void laysDeltasOverWhatTheLineBrought() {
		Lines.open(this.feed);
		whole(5, 5, 120);

		delta(6, 5, 6, "\"instances\":[" + instance(7, "DOWN") + "],\"left\":[\"i0\"],\"size\":119");
		delta(7, 6, 8, "\"instances\":[" + instance(0, "UP") + "],\"left\":[],\"size\":120");

		assertThat(last().revision()).isEqualTo(7);
		assertThat(last().instances()).hasSize(120);
		assertThat(last().instances().stream().filter((one) -> one.status().name().equals("DOWN")))
			.extracting(Instance::id)
			.containsExactly("i7");
		assertThat(this.feed.applied()).isEqualTo(7);
		assertThat(last().rules()).hasSize(1);
	}

	@Test
	void replacesRulesWhenADeltaBringsThem() {
		Lines.open(this.feed);
		whole(5, 5, 120);

		delta(6, 5, 6, "\"instances\":[],\"left\":[],\"size\":120,\"rules\":[]");

		assertThat(last().rules()).isEmpty();
		assertThat(last().instances()).hasSize(120);
	}

	@Test
	void asksForTheWholeWhenADeltaIsLaidOverSomethingElse() {
		Lines.open(this.feed);
		whole(5, 5, 120);

		assertThat(delta(8, 7, 8, "\"instances\":[],\"left\":[],\"size\":120")).isFalse();

		assertThat(last().revision()).isEqualTo(5);
		assertThat(this.feed.applied()).isEqualTo(5);
		assertThat(Lines.open(this.feed)).isLessThan(8);
		assertThat(whole(8, 8, 121)).isTrue();
		assertThat(this.feed.applied()).isEqualTo(8);
	}

	@Test
	void asksForTheWholeWhenTheNumberIsNotRight() {
		Lines.open(this.feed);
		whole(5, 5, 120);

		assertThat(delta(6, 5, 6, "\"instances\":[],\"left\":[\"i3\"],\"size\":120")).isFalse();
		assertThat(last().instances()).hasSize(120);
	}

	@Test
	void forgetsWhatEarlierLinesBrought() {
		Lines.open(this.feed);
		whole(5, 5, 120);
		Lines.open(this.feed);

		assertThat(delta(6, 5, 6, "\"instances\":[],\"left\":[],\"size\":120")).isFalse();
	}

	@Test
	void neverGoesBackToAnOlderContentOfALaggingNode() {
		Lines.open(this.feed);
		whole(136, 137, 2);
		Lines.open(this.feed);

		assertThat(whole(136, 136, 3)).isTrue();

		assertThat(this.taken).hasSize(1);
		assertThat(this.feed.applied()).isEqualTo(136);
		whole(137, 137, 2);
		whole(138, 138, 3);
		assertThat(last().instances()).hasSize(3);
	}

	private ServiceSnapshot last() {
		return this.taken.get(this.taken.size() - 1);
	}

	private boolean whole(long revision, long asOf, int count) {
		String instances = String.join(",", IntStream.range(0, count).mapToObj((i) -> instance(i, "UP")).toList());
		return event("service", revision, "\"asOf\":" + asOf + ",\"partial\":false,\"gone\":[],\"instances\":["
				+ instances + "],\"rules\":[{\"kind\":\"Route\"}]");
	}

	private boolean delta(long revision, long since, long asOf, String more) {
		return event("delta", revision, "\"since\":" + since + ",\"asOf\":" + asOf + ",\"partial\":false," + more);
	}

	private boolean event(String type, long revision, String more) {
		String data = "{\"registry\":\"reg-a\",\"service\":\"catalog\",\"revision\":" + revision + "," + more + "}";
		return this.feed
			.take(new SseParser.Event(type, Long.toString(revision), data.getBytes(StandardCharsets.UTF_8)));
	}

	private static String instance(int number, String status) {
		return "{\"id\":\"i" + number + "\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"" + status + "\"}";
	}

}
