package io.meshup.traffic.request;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CalleeTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final Callee callee = new Callee("inventory@10.0.0.1:80");

	@Test
	void tellsOneCallAfterTheOtherTheSame() {
		Map<String, String> first = this.callee.headers("storefront", SECOND);
		assertThat(first).isEqualTo(Map.of(MeshHeaders.SOURCE, "storefront", MeshHeaders.TARGET,
				"inventory@10.0.0.1:80", MeshHeaders.TIMEOUT, "1000"));
		assertThat(this.callee.headers("storefront", Duration.ofMillis(1000))).isSameAs(first);
	}

	@Test
	void tellsEachLimitAndEachCallerAsItIs() {
		this.callee.headers("storefront", SECOND);
		assertThat(this.callee.headers("storefront", Duration.ofMillis(250))).containsEntry(MeshHeaders.TIMEOUT, "250");
		assertThat(this.callee.headers("storefront", Duration.ZERO)).doesNotContainKey(MeshHeaders.TIMEOUT);
		assertThat(this.callee.headers("checkout", Duration.ZERO)).containsEntry(MeshHeaders.SOURCE, "checkout");
		assertThat(this.callee.headers("storefront", SECOND)).containsEntry(MeshHeaders.TIMEOUT, "1000");
	}

	@Test
	void doesNotKeepWhatIsLeftOfALimit() {
		Map<String, String> kept = this.callee.headers("storefront", SECOND);
		assertThat(this.callee.headers("storefront", SECOND.minusNanos(1_500_000))).containsEntry(MeshHeaders.TIMEOUT,
				"999");
		assertThat(this.callee.headers("storefront", SECOND)).isSameAs(kept);
	}

	@Test
	void saysNothingOfAnInstanceThatMayBeCalledOtherwise() {
		assertThat(new Callee("").headers("storefront", Duration.ZERO))
			.isEqualTo(Map.of(MeshHeaders.SOURCE, "storefront"));
	}

}
