package io.meshup.traffic.split;

import java.util.ArrayList;
import java.util.List;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T74: an expression that runs away elsewhere takes time in proportion to the text.
 */
@Isolated
class ExpressionTimeTests {

	private static final int RUNS = 200;

	private static final String RUNS_AWAY = "(a+)+$";

	private final TestMesh mesh = new TestMesh().up("a");

	@Test
	void matchesEightKilobytesInTime() {
		rule(RUNS_AWAY);
		TestRequest small = TestRequest.get("/").header("x-a", "a".repeat(512) + "!");
		TestRequest large = TestRequest.get("/").header("x-a", "a".repeat(4_095) + "!");
		TestRequest larger = TestRequest.get("/").header("x-a", "a".repeat(8 * 1_024) + "!");
		time(large);

		long one = time(small);
		long eight = time(large);
		long none = time(larger);

		System.out.printf("T74: %s takes %d us on 0.5 kB, %d us on 4 kB, %d us on 8 kB%n", RUNS_AWAY, one / 1_000,
				eight / 1_000, none / 1_000);
		assertThat(eight).as("eight times as much text").isLessThan(24 * one);
		assertThat(eight).as("nanoseconds on 4 kB").isLessThan(5_000_000);
		assertThat(none).as("nanoseconds on 8 kB, which is not looked at").isLessThan(one);
	}

	@Test
	void doesNotMatchATextThatIsTooLong() {
		rule("a+");

		assertThat(isMatched("a".repeat(4_096))).isTrue();
		assertThat(isMatched("a".repeat(4_097))).isFalse();
	}

	@Test
	void refusesAnExpressionThatIsTooLargeAndKeepsTheLastGoodOne() {
		rule("b");
		rule("(a*){330}b");

		assertThat(this.mesh.engine.services().rejected()).singleElement()
			.satisfies((rejected) -> assertThat(rejected.reason()).contains("at most 500 instructions"));
		assertThat(isMatched("b")).isTrue();
	}

	private void rule(String expression) {
		this.mesh.rules(TestMesh.route("{\"matches\":[{\"headers\":[{\"name\":\"x-a\",\"type\":\"RegularExpression\","
				+ "\"value\":\"" + expression + "\"}]}],\"filters\":[{\"fault\":{\"abort\":{\"percent\":100,"
				+ "\"status\":418}}}]}"));
	}

	private boolean isMatched(String text) {
		return this.mesh.open(TestRequest.get("/").header("x-a", text)).begin() instanceof Step.Reply;
	}

	// The best of many runs, because others work on this machine.
	private long time(TestRequest request) {
		List<Long> nanos = new ArrayList<>();
		for (int i = 0; i < RUNS; i++) {
			OutboundCall call = this.mesh.open(request);
			long start = System.nanoTime();
			call.begin();
			nanos.add(System.nanoTime() - start);
			call.cancel();
		}
		nanos.sort(null);
		return nanos.get(0);
	}

}
