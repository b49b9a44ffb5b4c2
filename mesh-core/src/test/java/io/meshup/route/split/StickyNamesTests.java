package io.meshup.route.split;

import java.util.HashMap;
import java.util.Map;

import io.meshup.model.rule.match.Sticky;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StickyNames}.
 */
class StickyNamesTests {

	private final StickyNames names = new StickyNames();

	@Test
	void knowsAKeyWhileAnyServiceIsStickyByIt() {
		put("a", "x-user");
		put("b", "x-user", "x-tenant");
		assertThat(this.names.all()).extracting(StickyKey::name).containsExactly("header:x-tenant", "header:x-user");

		put("b", "x-tenant");
		put("b", "x-tenant");
		assertThat(this.names.all()).extracting(StickyKey::name).containsExactly("header:x-tenant", "header:x-user");
		put("a");
		assertThat(this.names.all()).extracting(StickyKey::name).containsExactly("header:x-tenant");
		put("b");
		assertThat(this.names.all()).isEmpty();
	}

	@Test
	void isNotRebuiltForAServiceWhoseKeysAreKnown() {
		put("a", "x-user");
		Object all = this.names.all();
		for (int i = 0; i < 100; i++) {
			put("s" + i, "x-user");
		}

		assertThat(this.names.all()).isSameAs(all);
	}

	private void put(String service, String... headers) {
		Map<String, StickyKey> keys = new HashMap<>();
		for (String header : headers) {
			StickyKey key = StickyKey.of(new Sticky(header, "", false));
			keys.put(key.name(), key);
		}
		this.names.put(service, keys);
	}

}
