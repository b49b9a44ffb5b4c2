package io.meshup.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.meshup.model.beat.Beat;
import io.meshup.model.beat.LeaseGrant;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.RuleReader;
import io.meshup.model.rule.route.RouteRule;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MeshJson} and {@link RuleReader}.
 */
class MeshJsonTests {

	@Test
	void fillsInDefaultsWhenABeatHasOnlyHostPortAndStatus() {
		Beat beat = read("{\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\",\"somethingNew\":1}", Beat.class);

		Instance instance = beat.instance("i1");

		assertThat(instance.version()).isEqualTo("v1");
		assertThat(instance.scheme()).isEqualTo("http");
		assertThat(instance.zone()).isEqualTo("default");
		assertThat(instance.weight()).isEqualTo(100);
		assertThat(instance.authority()).isEqualTo("127.0.0.1:8080");
		assertThat(beat.edges()).isEmpty();
	}

	@Test
	void refusesABeatWhosePortIsMissing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> read("{\"host\":\"127.0.0.1\",\"status\":\"UP\"}", Beat.class))
			.withMessageContaining("'port' must be between 1 and 65535 but was 0");
	}

	@Test
	void bringsARecordBackAsItWasWritten() {
		LeaseGrant grant = new LeaseGrant(Duration.ofMillis(3500), Duration.ofSeconds(1), 42);

		byte[] json = MeshJson.write(grant);

		assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"lease\":\"3s500ms\"");
		assertThat(MeshJson.read(json, LeaseGrant.class)).isEqualTo(grant);
	}

	@Test
	void readsARouteWithItsDefaults() {
		Route route = (Route) RuleReader.read(tree("""
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"inventory","revision":7},
				 "spec":{"service":"inventory","rules":[
				  {"matches":[{"path":{"value":"/items"},"headers":[{"name":"x-beta","value":"1"}]}],
				   "backendRefs":[{"version":"v2"}]},
				  {"backendRefs":[{"version":"v1","weight":80},{"version":"v2","weight":20}],
				   "sticky":{"header":"x-user"},"timeouts":{"request":"2s","backendRequest":"600ms"},
				   "retry":{"codes":[503],"on":["timeout"],"methods":["GET"]}}]}}"""));

		RouteRule split = route.rules().get(1);

		assertThat(route.revision()).isEqualTo(7);
		assertThat(route.id()).isEqualTo("Route/inventory");
		assertThat(split.sticky().header()).isEqualTo("x-user");
		assertThat(split.timeouts().backendRequest()).isEqualTo(Duration.ofMillis(600));
		assertThat(split.retry().attempts()).isEqualTo(2);
		assertThat(route.rules().get(0).backendRefs()).singleElement()
			.satisfies((backend) -> assertThat(backend.weight()).isEqualTo(1));
	}

	@Test
	void readsARuleAsUnusableWhenItsKindIsUnknown() {
		assertThatIllegalArgumentException().isThrownBy(() -> RuleReader.read(tree("{\"kind\":\"Dance\"}")))
			.withMessageContaining("kind 'Dance' is not supported");
	}

	@Test
	void readsEveryFormOfADuration() {
		List<String> texts = List.of("0s", "1ms", "250ms", "2s", "1m30s", "1h2m3s4ms");

		assertThat(texts)
			.allSatisfy((text) -> assertThat(MeshDuration.format(MeshDuration.parse(text))).isEqualTo(text));
		for (String wrong : List.of("", "-1s", "1", "s", "1d", "1s1m", "123456s", "1.5s", " 1s")) {
			assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> MeshDuration.parse(wrong));
		}
	}

	private static <T> T read(String json, Class<T> type) {
		return MeshJson.read(json.getBytes(StandardCharsets.UTF_8), type);
	}

	private static JsonNode tree(String json) {
		return MeshJson.readTree(json.getBytes(StandardCharsets.UTF_8));
	}

}
