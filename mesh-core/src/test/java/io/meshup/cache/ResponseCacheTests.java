package io.meshup.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.meshup.model.rule.filter.CachePolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link ResponseCache} takes at most.
 */
class ResponseCacheTests {

	private static final long BYTES = 1024 * 1024;

	private final ResponseCache all = new ResponseCache(() -> 0, BYTES);

	private final RuleCache rule = this.all.rule(new CachePolicy(Duration.ofSeconds(5), Duration.ZERO), "rule");

	@Test
	void remembersWhatIsNotKeptWithinItsBytesHoweverLongTheAddresses() {
		String longQuery = "x".repeat(8_000);
		for (int i = 0; i < 5_000; i++) {
			CacheUse use = open("/items?" + i + longQuery);
			assertThat(use.ask(0)).isEqualTo(CacheUse.Advice.SEND);
			assertThat(use.record(200, Map.of("cache-control", "no-store"))).isFalse();
			use.onEnd(0);
		}

		assertThat(this.all.weight()).isPositive().isLessThanOrEqualTo(BYTES / 16);
	}

	@Test
	void remembersThousandsOfUsualAddressesThatAreNotKept() {
		ResponseCache usual = new ResponseCache(() -> 0);
		RuleCache own = usual.rule(new CachePolicy(Duration.ofSeconds(5), Duration.ZERO), "rule");
		for (int i = 0; i < 5_000; i++) {
			CacheUse use = own.open(request("/items/" + i));
			use.ask(0);
			use.record(200, Map.of("cache-control", "no-store"));
			use.onEnd(0);
		}

		for (int i = 0; i < 5_000; i++) {
			assertThat(usual.flight(own, request("/items/" + i), 0)).isNull();
		}
	}

	@Test
	void keepsAnswersWithinItsBytes() {
		byte[] body = new byte[10_000];
		for (int i = 0; i < 500; i++) {
			CacheUse use = open("/items/" + i);
			use.ask(0);
			assertThat(use.record(200, new HashMap<>(Map.of("content-length", "10000")))).isTrue();
			use.onBody(body, 0, body.length);
			use.onBodyEnd(0);
			use.onEnd(0);
		}

		assertThat(this.all.weight()).isBetween(BYTES / 2, BYTES);
	}

	private CacheUse open(String target) {
		return this.rule.open(request(target));
	}

	private static CacheRequest request(String target) {
		CacheRequest request = CacheRequest.of(target, "", (name) -> null, false);
		assertThat(request).isNotNull();
		return request;
	}

}
