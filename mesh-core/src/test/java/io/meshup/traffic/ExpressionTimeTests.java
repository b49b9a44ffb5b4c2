package io.meshup.traffic;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T74: an expression that runs away elsewhere takes time in proportion to the text.
 */
@Isolated
class ExpressionTimeTests {

	private static final int RUNS = 200;

	private final TestMesh mesh = new TestMesh().up("a");

	@Test
	void matchesEightKilobytesInTime() {
		this.mesh.rules(TestMesh.route("{\"matches\":[{\"headers\":[{\"name\":\"x-a\",\"type\":\"RegularExpression\","
				+ "\"value\":\"(a+)+$\"}]}]}"));
		TestRequest small = TestRequest.get("/").header("x-a", "a".repeat(1_024) + "!");
		TestRequest large = TestRequest.get("/").header("x-a", "a".repeat(8 * 1_024) + "!");
		time(large);

		long one = time(small);
		long eight = time(large);

		System.out.printf("T74: (a+)+$ takes %d us on 1 kB, %d us on 8 kB%n", one / 1_000, eight / 1_000);
		assertThat(eight).as("eight times as much text").isLessThan(24 * one);
		assertThat(eight).as("nanoseconds on 8 kB").isLessThan(10_000_000);
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
