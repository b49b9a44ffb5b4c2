package io.meshup.registry.store.rule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RuleSet}.
 */
class RuleSetTests {

	private static final List<String> KINDS = List.of("RateLimit", "Route", "TrafficPolicy");

	@Test
	void findsRulesByNameAndByService() {
		RuleSet rules = RuleSet.of(List.of(rule("Route", "b", "orders", 1), rule("TrafficPolicy", "a", "orders", 2),
				rule("Route", "a", "orders-2", 3)), 3);

		assertThat(rules.find("Route", "b")).hasValueSatisfying((rule) -> assertThat(rule.revision()).isEqualTo(1));
		assertThat(rules.find("Route", "c")).isEmpty();
		assertThat(rules.of("orders")).extracting(StoredRule::id).containsExactly("Route/b", "TrafficPolicy/a");
		assertThat(rules.of("order")).isEmpty();
		assertThat(rules.all()).extracting(StoredRule::id).containsExactly("Route/a", "Route/b", "TrafficPolicy/a");
	}

	@Test
	void leavesTheOneBeforeAsItWas() {
		RuleSet before = RuleSet.of(List.of(rule("Route", "a", "orders", 1)), 1);

		RuleSet after = before.with(rule("Route", "a", "payments", 2), 2);
		RuleSet none = after.without("Route/a", 3);

		assertThat(before.of("orders")).hasSize(1);
		assertThat(before.of("payments")).isEmpty();
		assertThat(after.of("orders")).isEmpty();
		assertThat(after.of("payments")).hasSize(1);
		assertThat(none.all()).isEmpty();
		assertThat(List.of(before.revision(), after.revision(), none.revision())).containsExactly(1L, 2L, 3L);
	}

	@RepeatedTest(20)
	void isLikeASortedMapWhateverComesAndGoes() {
		Random random = new Random();
		SortedMap<String, StoredRule> model = new TreeMap<>();
		RuleSet rules = RuleSet.of(List.of(), 0);
		for (int revision = 1; revision <= 400; revision++) {
			String kind = KINDS.get(random.nextInt(KINDS.size()));
			String name = "r" + random.nextInt(40);
			if (random.nextInt(3) == 0) {
				rules = rules.without(kind + "/" + name, revision);
				model.remove(kind + "/" + name);
			}
			else {
				StoredRule rule = rule(kind, name, "s" + random.nextInt(12), revision);
				rules = rules.with(rule, revision);
				model.put(rule.id(), rule);
			}
			String service = "s" + random.nextInt(12);
			assertThat(rules.all()).containsExactlyElementsOf(model.values());
			assertThat(rules.of(service)).containsExactlyElementsOf(
					model.values().stream().filter((rule) -> rule.service().equals(service)).toList());
		}
	}

	@Test
	void staysShallowWithManyNamesInOrder() {
		List<StoredRule> many = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			many.add(new StoredRule("Route", "service-" + i, "service-" + i, i, rule("Route", "a", "a", 1).document(),
					new byte[0]));
		}

		RuleSet rules = RuleSet.of(many, 20_000);

		assertThat(rules.all()).hasSize(20_000);
		assertThat(rules.depth()).isLessThan(60);
	}

	private static StoredRule rule(String kind, String name, String service, long revision) {
		String json = "{\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name + "\",\"revision\":" + revision
				+ "},\"spec\":{\"service\":\"" + service + "\"}}";
		return StoredRule.of(json.getBytes(StandardCharsets.UTF_8));
	}

}
