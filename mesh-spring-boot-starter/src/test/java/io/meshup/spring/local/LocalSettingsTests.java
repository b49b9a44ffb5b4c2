package io.meshup.spring.local;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.model.rule.match.MatchType;
import io.meshup.model.rule.policy.Algorithm;
import io.meshup.model.rule.route.RetryCondition;
import io.meshup.model.rule.route.RouteRule;
import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.setting.MeshSettingException;
import io.meshup.traffic.table.RuleSource;
import io.meshup.traffic.table.ServiceTable;
import io.meshup.traffic.table.ServiceView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalSettingsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MeshLocalSettingsAutoConfiguration.class, MeshAutoConfiguration.class))
		.withPropertyValues("spring.application.name=orders", "mesh.registry.urls=http://127.0.0.1:1",
				"mesh.cache-dir=target/cache");

	@Test
	void settingsAreRulesByTheirOwnFieldNames() {
		this.runner
			.withPropertyValues("mesh.traffic.services.inventory.circuit-breaker.minimum-calls=5",
					"mesh.traffic.services.inventory.circuitBreaker.openDuration=1m30s",
					"mesh.traffic.services.inventory.load-balancer.algorithm=peak-ewma",
					"mesh.traffic.services.inventory.panic-threshold-percent=${panic:30}",
					"mesh.traffic.services.inventory.rules[0].matches[0].path.type=regular-expression",
					"mesh.traffic.services.inventory.rules[0].matches[0].path.value=/items/.*",
					"mesh.traffic.services.inventory.rules[0].retry.codes=502, 503",
					"mesh.traffic.services.inventory.rules[0].retry.on=TIMEOUT",
					"mesh.traffic.services.inventory.rules[0].timeouts.backend-request=250ms",
					"mesh.traffic.services.inventory.rules[1].retry.attempts=1")
			.run((context) -> {
				ServiceView view = context.getBean(ServiceTable.class).view("inventory");

				TrafficPolicy policy = view.policy();
				assertThat(policy.circuitBreaker().minimumCalls()).isEqualTo(5);
				assertThat(policy.circuitBreaker().openDuration()).isEqualTo(Duration.ofSeconds(90));
				assertThat(policy.loadBalancer().algorithm()).isEqualTo(Algorithm.PEAK_EWMA);
				assertThat(policy.panicThresholdPercent()).isEqualTo(30);
				List<RouteRule> rules = view.route().orElseThrow().rules();
				assertThat(rules).hasSize(2);
				assertThat(rules.get(0).matches().get(0).path().type()).isEqualTo(MatchType.REGULAR_EXPRESSION);
				assertThat(rules.get(0).retry().codes()).containsExactlyInAnyOrder(502, 503);
				assertThat(rules.get(0).retry().on()).containsExactly(RetryCondition.TIMEOUT);
				assertThat(rules.get(0).timeouts().backendRequest()).isEqualTo(Duration.ofMillis(250));
				assertThat(rules.get(1).retry().attempts()).isEqualTo(1);
				assertThat(view.source(Route.KIND).origin()).isEqualTo(RuleSource.Origin.LOCAL);
			});
	}

	@Test
	void theEnvironmentAndYamlAreRead() {
		this.runner.withInitializer((context) -> {
			var sources = context.getEnvironment().getPropertySources();
			sources.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("MESH_TRAFFIC_SERVICES_INVENTORY_RULES_0_RETRY_ATTEMPTS", "4")));
			sources.addLast(yaml("""
					mesh:
					  traffic:
					    services:
					      inventory:
					        warmUp: {duration: 5s, minPercent: 20}
					        rules:
					        - timeouts: {request: 9s}
					        - name: second
					"""));
		}).run((context) -> {
			ServiceView view = context.getBean(ServiceTable.class).view("inventory");

			assertThat(view.policy().warmUp().duration()).isEqualTo(Duration.ofSeconds(5));
			assertThat(view.route().orElseThrow().rules()).singleElement()
				.satisfies((rule) -> assertThat(rule.retry().attempts()).isEqualTo(4));
		});
	}

	@Test
	void theRegistrysRuleWinsPerKind() {
		this.runner
			.withPropertyValues("mesh.traffic.services.inventory.panic-threshold-percent=30",
					"mesh.traffic.services.inventory.rules[0].retry.attempts=1")
			.run((context) -> {
				ServiceTable table = context.getBean(ServiceTable.class);
				table.apply(new ServiceSnapshot("r", "inventory", 42, false, List.of(), List.of(),
						List.of(MeshJson.readTree("""
								{"kind":"TrafficPolicy","metadata":{"name":"inventory","revision":41},
								 "spec":{"service":"inventory","panicThresholdPercent":70}}""".getBytes()))));

				ServiceView view = table.view("inventory");
				assertThat(view.policy().panicThresholdPercent()).isEqualTo(70);
				assertThat(view.source(TrafficPolicy.KIND))
					.isEqualTo(new RuleSource(RuleSource.Origin.REGISTRY, "TrafficPolicy/inventory", 41, true));
				assertThat(view.source(Route.KIND))
					.isEqualTo(new RuleSource(RuleSource.Origin.LOCAL, "Route/inventory", 0, true));
				assertThat(table.view("other").source(Route.KIND)).isEqualTo(RuleSource.NONE);
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					inventory.circuit-breaker.minimum-calls=many        | 'many' must be a whole number from 1 to 100000
					inventory.circuit-breaker.minimum-calls=0           | '0' must be a whole number from 1 to 100000
					inventory.circuit-breaker.window=10                 | '10' must be a duration such as 250ms, 2s or 1m30s
					inventory.circuit-breaker.windw=10s                 | '10s' is an unknown field (known here: minimum-calls, window
					inventory.load-balancer.algorithm=fastest           | 'fastest' must be one of least-request, peak-ewma
					inventory.locality.prefer-same-zone=maybe           | 'maybe' must be true
					inventory.retries=2                                 | '2' is an unknown field (known here: rules, load-balancer
					inventory.service=other                             | 'other' is an unknown field
					inventory.load-balancer=random                      | 'random' must be an object with
					inventory.rules[0].retry.codes=200                  | '200' must be a whole number from 400 to 599
					inventory.rules[0].retry.attempts.max=2             | must be a whole number from 0 to 10
					inventory.rules[1].retry.attempts=2                 | numbered from [0] without a gap
					inventory.rules[0].matches[0].headers[0].name=x     | must have 'value', which is missing
					inventory.rules[0].matches[0].path.value=items      | must begin with '/'
					inventory.rules[0].filters[0].fault.abort.status=99 | must be a whole number from 200 to 599
					[Inven.tory].panic-threshold-percent=1              | is not for a service
					""")
	void tellsWhatIsWrongInTheWordsOfTheRegistry(String setting, String problem) {
		String name = "mesh.traffic.services" + (setting.startsWith("[") ? "" : ".") + setting;
		this.runner.withPropertyValues(name).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(MeshSettingException.class)
				.hasMessageContaining("'mesh.traffic.services")
				.hasMessageContaining(problem);
		});
	}

	@Test
	void wrongSettingsDoNotMatterWhereTheMeshIsOff() {
		this.runner.withPropertyValues("mesh.enabled=false", "mesh.traffic.services.inventory.retries=2")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void editorsCanCompleteEveryField() {
		assertThat(missing(new LocalRules().schema(), MeshTrafficProperties.Service.class, "")).isEmpty();
	}

	@Test
	void everyWordOfTheSchemasIsHeeded() {
		assertThat(words(new LocalRules().schema())).isSubsetOf("type", "properties", "items", "enum", "pattern",
				"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "required",
				"minProperties", "maxProperties", "additionalProperties", "x-must", "x-later", "description",
				"default");
	}

	private static Set<String> words(JsonNode schema) {
		Set<String> words = new TreeSet<>(schema.propertyNames());
		schema.path("properties").forEach((field) -> words.addAll(words(field)));
		if (schema.has("items")) {
			words.addAll(words(schema.path("items")));
		}
		return words;
	}

	// Fields of the schema that the records, which the metadata is made from, do not
	// have.
	private static Set<String> missing(JsonNode schema, Type type, String path) {
		Set<String> missing = new TreeSet<>();
		if (type instanceof ParameterizedType list) {
			return missing(schema.path("items"), list.getActualTypeArguments()[0], path + "[]");
		}
		schema.path("properties").properties().forEach((field) -> {
			String name = path + "/" + field.getKey();
			Arrays.stream(((Class<?>) type).getRecordComponents())
				.filter((component) -> component.getName().equals(field.getKey()))
				.map(RecordComponent::getGenericType)
				.findFirst()
				.ifPresentOrElse((found) -> missing.addAll(missing(field.getValue(), found, name)),
						() -> missing.add(name));
		});
		return missing;
	}

	private static MapPropertySource yaml(String text) {
		try {
			return (MapPropertySource) new YamlPropertySourceLoader()
				.load("yaml", new ByteArrayResource(text.getBytes()))
				.get(0);
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
