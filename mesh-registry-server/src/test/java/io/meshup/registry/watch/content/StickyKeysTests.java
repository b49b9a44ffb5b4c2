package io.meshup.registry.watch.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StickyKeys}.
 */
class StickyKeysTests {

	private final StickyKeys keys = new StickyKeys();

	@Test
	void findsTheKeysOfAllRoutes() {
		RuleSet rules = rules("{\"header\":\"X-User\"}", "{\"cookie\":\"Sid\"}", "{\"sourceIp\":true}", "{}",
				"{\"header\":\"x-user\"}", "null", "7", "{\"header\":\"h\",\"cookie\":\"c\"}");

		assertThat(this.keys.of(rules)).containsExactly("cookie:Sid", "header:h", "header:x-user", "source");
		assertThat(this.keys.of(rules)).isSameAs(this.keys.of(rules));
		assertThat(this.keys.of(rules("{}"))).isEmpty();
	}

	@Test
	void keepsTheFirstOfMany() {
		String[] many = new String[100];
		for (int i = 0; i < many.length; i++) {
			many[i] = "{\"header\":\"h%02d\"}".formatted(i);
		}

		assertThat(this.keys.of(rules(many))).hasSize(64).endsWith("header:h63");
	}

	private static RuleSet rules(String... sticky) {
		List<StoredRule> rules = new ArrayList<>();
		for (int i = 0; i < sticky.length; i++) {
			rules.add(StoredRule.of(("{\"kind\":\"Route\",\"metadata\":{\"name\":\"r" + i
					+ "\"},\"spec\":{\"service\":\"s\",\"rules\":[{\"sticky\":" + sticky[i] + "}]}}")
				.getBytes(StandardCharsets.UTF_8)));
		}
		return RuleSet.of(rules, 1);
	}

}
