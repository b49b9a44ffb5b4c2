package io.meshup.traffic;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.rule.RuleReader;
import io.meshup.route.filter.HeaderTarget;
import io.meshup.traffic.explain.ExplainMode;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.ServiceTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainTests {

	private static final TestRequest ASKING = TestRequest.get("/items/1").header("x-mesh-explain", "1");

	private final ManualClock clock = new ManualClock();

	private final Random random = new Random(1);

	private final ServiceTable table = ServiceTable.builder()
		.clock(this.clock)
		.zone("a")
		.defaults(RuleReader.read(TestMesh.policy("\"panicThresholdPercent\":0")))
		.build();

	@Test
	void namesRuleAttemptsAndWhoWasLeftOut() {
		apply(List.of(TestMesh.route("{\"name\":\"other\",\"matches\":[{\"method\":\"POST\"}]},"
				+ "{\"name\":\"items\",\"backendRefs\":[{\"version\":\"v2\"}]}")), instance("one", "v2", "a", "UP"),
				instance("two", "v2", "a", "UP"), instance("three", "v2", "a", "UP"), instance("four", "v2", "a", "UP"),
				instance("five", "v2", "a", "UP"), instance("old", "v1", "a", "UP"), instance("far", "v2", "b", "UP"),
				instance("leaving", "v2", "a", "DRAINING"), instance("lost", "v2", "a", "SUSPECT"));
		OutboundCall call = engine(ExplainMode.LOCAL).open("inventory", ASKING);

		String first = ((Step.Send) call.begin()).instance().id();
		this.clock.advanceMillis(3);
		Step.Send second = (Step.Send) call.onFailure(new ConnectException("refused"), FailureKind.CONNECT);
		this.clock.advanceMillis(7);
		JsonNode told = told(call.onHead(200, (name) -> null));

		assertThat(told.path("rule").toString())
			.isEqualTo("{\"source\":\"registry\",\"rule\":\"Route/r\",\"revision\":7,\"index\":1,\"name\":\"items\"}");
		assertThat(told.path("policy").path("source").asString()).isEqualTo("local");
		JsonNode attempts = told.path("attempts");
		assertThat(attempts.size()).isEqualTo(2);
		assertThat(attempts.path(0).path("outcome").asString()).isEqualTo("connect");
		assertThat(attempts.path(0).path("ms").asDouble()).isEqualTo(3);
		assertThat(attempts.path(1).path("outcome").asString()).isEqualTo("200");
		assertThat(attempts.path(1).path("ms").asDouble()).isEqualTo(7);
		assertThat(out(attempts.path(0))).containsEntry("old", "version")
			.containsEntry("far", "zone")
			.containsEntry("leaving", "draining")
			.containsEntry("lost", "suspect")
			.containsEntry(first, "chosen");
		assertThat(out(attempts.path(1))).containsEntry(first, "tried").containsEntry(second.instance().id(), "chosen");
		assertThat(told.has("meshMicros")).isTrue();
	}

	@Test
	void tellsWhoIsEjectedAndForHowLong() {
		apply(List.of(), instance("one", "v1", "a", "UP"), instance("two", "v1", "a", "UP"));
		TrafficEngine engine = engine(ExplainMode.ALWAYS);
		OutboundCall refused = engine.open("inventory", ASKING);
		String dead = ((Step.Send) refused.begin()).instance().id();
		refused.onFailure(new ConnectException("refused"), FailureKind.CONNECT);
		refused.cancel();

		OutboundCall call = engine.open("inventory", ASKING);
		call.begin();
		JsonNode told = told(call.onHead(200, (name) -> null));

		assertThat(out(told.path("attempts").path(0))).containsEntry(dead, "refused, for 1000ms");
		assertThat(told.path("rule").toString()).isEqualTo("{\"source\":\"default\",\"matched\":\"none\"}");
	}

	@Test
	void explainsARefusal() {
		apply(List.of(TestMesh.route("{\"backendRefs\":[{\"version\":\"v9\"}]}")), instance("one", "v1", "a", "UP"));

		Step.Reply reply = (Step.Reply) engine(ExplainMode.ALWAYS).open("inventory", ASKING).begin();

		JsonNode told = json(reply.headers().get("x-mesh-explain"));
		assertThat(reply.headers()).containsEntry("x-mesh-reason", "no-instance");
		assertThat(told.path("reason").asString()).isEqualTo("no-instance");
		assertThat(out(told.path("attempts").path(0))).containsEntry("one", "version");
	}

	@Test
	void staysShortAndPlain() {
		Instance[] many = new Instance[200];
		for (int i = 0; i < many.length; i++) {
			many[i] = instance("instance-with-a-long-name-" + "x".repeat(150) + i, "v1", "a", "UP");
		}
		apply(List.of(TestMesh.route("{\"name\":\"Gr\u00fc\u00dfe\"}")), many);
		OutboundCall call = engine(ExplainMode.ALWAYS).open("inventory", ASKING);
		call.begin();
		String header = header(call.onHead(200, (name) -> null));

		assertThat(header.length()).isLessThanOrEqualTo(4096);
		assertThat(header).isPrintable().containsPattern("^[ -~]*$");
		assertThat(json(header).path("shortened").asBoolean()).isTrue();
		assertThat(json(header).path("rule").path("name").asString()).isEqualTo("Gr\u00fc\u00dfe");
	}

	@ParameterizedTest
	@CsvSource({ "NEVER,,false", "LOCAL,,true", "LOCAL,127.0.0.1,true", "LOCAL,::1,true", "LOCAL,10.0.0.1,false",
			"ALWAYS,10.0.0.1,true" })
	void answersOnlyWhereItIsAllowed(ExplainMode mode, String address, boolean answers) {
		apply(List.of(), instance("one", "v1", "a", "UP"));
		TestRequest request = (address != null) ? ASKING.from(address) : ASKING;
		OutboundCall call = engine(mode).open("inventory", request);
		call.begin();

		assertThat(header(call.onHead(200, (name) -> null)) != null).isEqualTo(answers);
		assertThat(call.explanation().isEmpty()).isNotEqualTo(answers);
	}

	@Test
	void saysNothingUnasked() {
		apply(List.of(), instance("one", "v1", "a", "UP"));
		OutboundCall call = engine(ExplainMode.ALWAYS).open("inventory", TestRequest.get("/"));
		call.begin();

		assertThat(call.onHead(200, (name) -> null)).isSameAs(Step.Deliver.PLAIN);
	}

	private TrafficEngine engine(ExplainMode mode) {
		return TrafficEngine.builder("storefront")
			.clock(this.clock)
			.random(() -> this.random)
			.table(this.table)
			.explained(mode)
			.build();
	}

	private void apply(List<JsonNode> rules, Instance... instances) {
		this.table.apply(new ServiceSnapshot("A", "inventory", 9, false, List.of(), List.of(instances), rules));
	}

	private static Instance instance(String id, String version, String zone, String status) {
		return new Instance(id, "127.0.0.1", 8080, "http", version, zone, null, 100, InstanceStatus.valueOf(status),
				Map.of());
	}

	private static Map<String, String> out(JsonNode attempt) {
		Map<String, String> out = new HashMap<>();
		attempt.path("candidates")
			.forEach((one) -> out.put(one.path("id").asString(),
					one.has("chosen") ? "chosen" : one.path("out").asString("")));
		return out;
	}

	private static JsonNode told(Step step) {
		return json(header(step));
	}

	private static String header(Step step) {
		List<String> found = new ArrayList<>();
		((Step.Deliver) step).changes().applyTo(new HeaderTarget() {

			@Override
			public void set(String name, String value) {
				found.add(value);
			}

			@Override
			public void add(String name, String value) {
				found.add(value);
			}

			@Override
			public void remove(String name) {
				found.add(name);
			}

		});
		return found.isEmpty() ? null : found.get(0);
	}

	private static JsonNode json(String text) {
		return MeshJson.readTree(text.getBytes(StandardCharsets.UTF_8));
	}

}
