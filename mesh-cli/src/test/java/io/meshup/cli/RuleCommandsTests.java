package io.meshup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the commands for rules.
 */
class RuleCommandsTests extends CommandTests {

	private static final String ROUTE = "/api/v1/rules/Route/inventory";

	@Test
	void appliesAFileAsItIsAndShowsTheDifferences() throws IOException {
		this.registry.on("POST /api/v1/rules:apply?message=half%20of%20it", 200, "applied.json");
		String text = "# a remark\n" + RecordedRegistry.recorded("rules.yaml");
		Path file = Files.writeString(this.home.resolve("rules.yaml"), text);

		Run.Outcome outcome = run("apply", "-f", file.toString(), "-m", "half of it");

		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).contains("~ Route/inventory changed",
				"    /spec/rules/0/backendRefs/0/weight: 80 -> 50", "= TrafficPolicy/payments unchanged",
				"In force from revision 22.");
		assertThat(this.registry.last().body()).isEqualTo(text);
		assertThat(this.registry.last().header("Content-type")).isEqualTo("application/yaml");
	}

	@Test
	void triesWhatIsPipedInWithoutChangingAnything() {
		this.registry.on("POST /api/v1/rules:apply?dryRun=true", 200, "applied.json");

		Run.Outcome outcome = run().input("[{\"kind\":\"Route\"}]").of("apply", "-f", "-", "--dry-run");

		assertThat(outcome.out()).contains("would be changed", "Nothing was changed (dry run).");
		assertThat(this.registry.last().header("Content-type")).isEqualTo("application/json");
	}

	@Test
	void namesLineAndDocumentOfEachViolation() throws IOException {
		this.registry.on("POST /api/v1/rules:apply", 400, "violations.json");
		Path file = Files.writeString(this.home.resolve("bad.yaml"), RecordedRegistry.recorded("bad.yaml"));

		Run.Outcome outcome = run("apply", "-f", file.toString());

		assertThat(outcome.code()).isEqualTo(5);
		assertThat(outcome.err()).contains("The request has 3 violations.",
				"bad.yaml:11: document 1 (Route/inventory) /spec/rules/0/backendRefs/1/weight must be a whole number",
				"bad.yaml:16: document 2 (TrafficPolicy/inventory) /spec/panicThresholdPercent");
	}

	@Test
	void namesTheLineInAListOfDocuments() {
		this.registry.on("POST /api/v1/rules:apply", 400, "violations.json");

		Run.Outcome outcome = run().input("[\n{\"kind\":\"Route\"},\n{\"kind\":\"TrafficPolicy\",\n\"spec\":{}}]")
			.of("apply", "-f", "-");

		assertThat(outcome.err()).contains("stdin:2: document 1 /spec/rules", "stdin:4: document 2 /spec/foo");
	}

	@Test
	void tellsByTheExitCodeWhetherAFileDiffers() {
		this.registry.on("POST /api/v1/rules:apply?dryRun=true", 200, "applied.json");
		assertThat(run().input("x").of("diff", "-f", "-").code()).isEqualTo(1);

		this.registry.on("POST /api/v1/rules:apply?dryRun=true", 200, "unchanged.json");
		assertThat(run().input("x").of("diff", "-f", "-").code()).isZero();
	}

	@Test
	void saysWhenAFileIsNotThere() {
		Run.Outcome outcome = run("apply", "-f", "/no/such/file");

		assertThat(outcome.code()).isEqualTo(2);
		assertThat(outcome.err()).contains("Cannot read '/no/such/file': there is no such file.");
	}

	@Test
	void listsRulesOfAKindInAnyWording() {
		this.registry.on("GET /api/v1/rules", 200, "rules.json");

		assertThat(run("get").out()).contains("Route ", "TrafficPolicy ");
		assertThat(run("get", "trafficpolicies").out()).contains("payments").doesNotContain("Route ");
		assertThat(run("get", "gadgets").err()).contains("There is no kind 'gadgets'");
	}

	@Test
	void showsOneRuleAsItAppliesBack() {
		this.registry.on("GET " + ROUTE + " yaml", 200, "route.yaml").on("GET " + ROUTE, 200, "route.json");

		assertThat(run("get", "route/inventory").out()).isEqualTo(RecordedRegistry.recorded("route.yaml"));
		assertThat(run("get", "route/inventory", "-o", "json").out()).contains("\"updatedBy\" : \"admin\"");
	}

	@Test
	void exportsEverything() {
		this.registry.on("GET /api/v1/rules yaml", 200, "rules.yaml");

		assertThat(run("export").out()).isEqualTo(RecordedRegistry.recorded("rules.yaml"));
	}

	@Test
	void showsTheHistoryWithWhatChanged() {
		this.registry.on("GET " + ROUTE + "/history", 200, "history.json");

		assertThat(run("history", "Route/inventory").out()).contains("rolled-back to 11 (in force)",
				"/spec/rules/0/backendRefs/0/weight: 80 -> 50", "was better");
		assertThat(run("history", "Route/inventory", "--diff").out()).contains("revision 13  changed by admin");
	}

	@Test
	void putsAnEarlierVersionBack() {
		this.registry.on("POST " + ROUTE + "/rollback?to=13&message=oops&dryRun=true", 200, "rollback-tried.json")
			.on("POST " + ROUTE + "/rollback?to=13&message=oops", 200, "route.json");

		Run.Outcome outcome = run("rollback", "Route/inventory", "--to", "13", "-m", "oops");

		assertThat(outcome.out()).contains("80 -> 50", "as at revision 13 again; in force from revision 14.");
	}

	@Test
	void saysHowADeletedRuleComesBack() {
		this.registry.on("GET " + ROUTE, 200, "route.json").on("DELETE " + ROUTE, 204, "");

		assertThat(run("delete", "Route/inventory").out())
			.contains("back with: meshctl rollback Route/inventory --to 14");
	}

	@Test
	void saysThatARuleIsNotThere() {
		this.registry.on("GET /api/v1/rules/Route/nope", 404, "missing.json");

		Run.Outcome outcome = run("delete", "Route/nope");

		assertThat(outcome.code()).isEqualTo(5);
		assertThat(outcome.err()).contains("There is no rule 'Route/nope'.");
	}

	@Test
	void sendsTheRevisionThatMustStillBeThere() {
		this.registry
			.on("DELETE /api/v1/rules/Route/inventory", 412, "{\"detail\":\"'Route/inventory' is at revision 9.\"}")
			.on("GET /api/v1/rules/Route/inventory", 200, "{\"metadata\":{\"revision\":9}}");

		Run.Outcome outcome = run("delete", "Route/inventory", "--if-match", "7");

		assertThat(outcome.code()).isEqualTo(5);
		assertThat(outcome.err()).contains("is at revision 9.", "Somebody changed it meanwhile");
		assertThat(this.registry.last().header("If-match")).isEqualTo("\"7\"");
		assertThat(run("delete", "Route/inventory", "--if-match", "x").code()).isEqualTo(2);
		assertThat(run("delete", "Route/a", "Route/b", "--if-match", "7").code()).isEqualTo(2);
	}

}
