package io.meshup.registry.store;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link NodeName}.
 */
class NodeNameTests {

	@Test
	void namesTheMachineAndNoTwoRunsAlike() {
		assertThat(NodeName.of("mesh-a.example")).matches("mesh-a\\.example-[0-9a-f]{12}");
		assertThat(NodeName.ofThisRun()).matches("[A-Za-z0-9.-]+-[0-9a-f]{12}").isNotEqualTo(NodeName.ofThisRun());
	}

	@Test
	void takesNothingOfAHostThatCouldBeMisread() {
		assertThat(NodeName.of("a b/c\n\u001b[1m")).matches("abc1m-[0-9a-f]{12}");
		assertThat(NodeName.of("")).matches("node-[0-9a-f]{12}");
		assertThat(NodeName.of("x".repeat(300))).hasSize(63);
	}

}
