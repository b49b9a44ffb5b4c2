package io.meshup.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.meshup.model.MeshJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code audit --verify}.
 */
class AuditVerifyTests extends CommandTests {

	private static final String NOTHING = "0".repeat(64);

	private final List<String> lines = new ArrayList<>();

	private String previous = NOTHING;

	@BeforeEach
	void write() {
		for (int i = 1; i <= 5; i++) {
			add(i, "rule", "{\"weight\":" + i + ",\"tab\":\"\\t\"}");
		}
		answer();
	}

	@Test
	void saysThatTheLogIsWhole() {
		Run.Outcome outcome = run("audit", "--verify");

		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).contains("Whole: 5 rows up to number 5.", this.previous);
		assertThat(run("audit", "--verify", "--known", this.previous).code()).isZero();
		assertThat(run("audit", "--verify", "--known", "ab").code()).isEqualTo(1);
	}

	@Test
	void readsAnExport() {
		Run.Outcome outcome = run().input(String.join("\n", this.lines)).of("audit", "--verify", "-f", "-");

		assertThat(outcome.code()).isZero();
		assertThat(this.registry.requests()).isEmpty();
		assertThat(run().input("no row").of("audit", "--verify", "-f", "-").out()).contains("Line 1 is no row");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\\"weight\\\":3", "alice", "2026-11-22", "\"revision\":3" })
	void findsWhatWasChanged(String text) {
		this.lines.set(2, this.lines.get(2).replace(text, text.replaceAll("[3ae]", "4").replace("2026", "2027")));
		answer();

		Run.Outcome outcome = run("audit", "--verify");

		assertThat(outcome.code()).isEqualTo(1);
		assertThat(outcome.out()).contains("Not whole. Row 3 was changed");
	}

	@Test
	void findsWhatWasTakenAwayOrMoved() {
		String taken = this.lines.remove(2);
		answer();
		assertThat(run("audit", "--verify").out()).contains("Row 4 does not follow the row before it (2)");

		this.lines.add(3, taken);
		answer();
		assertThat(run("audit", "--verify").code()).isEqualTo(1);
	}

	@Test
	void findsARowWhoseChainWasCut() {
		this.lines.set(2, this.lines.get(2).replaceFirst("\"previous\":\"[^\"]*\"", "\"previous\":\"\""));
		answer();

		assertThat(run("audit", "--verify").out()).contains("Row 3 does not follow");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 256 })
	void comparesWhatWasKeptWithTheCheckpoint(int block) {
		String kept = this.lines.get(1);
		String digest = hash(NOTHING, content(NOTHING, 2, "rule", "{\"weight\":2,\"tab\":\"\\t\"}"),
				MeshJson.readTree(kept.getBytes(StandardCharsets.UTF_8)).path("hash").asString());
		add(6, "checkpoint", "{\"through\":5,\"last\":\"" + this.previous + "\",\"kept\":\""
				+ ((block > 0) ? hash(NOTHING, digest) : digest) + "\",\"dropped\":4,\"block\":" + block + "}");
		add(7, "rule", "{}");
		List<String> after = List.copyOf(this.lines.subList(5, 7));
		String uncovered = kept.replaceFirst("\"previous\":\"[^\"]*\"", "\"previous\":\"\"");
		this.lines.clear();
		this.lines.add(uncovered);
		this.lines.addAll(after);
		answer();
		assertThat(run("audit", "--verify").out()).contains("Whole: 3 rows up to number 7.");

		this.lines.set(0, uncovered.replace("\\\"weight\\\":2", "\\\"weight\\\":9"));
		answer();
		assertThat(run("audit", "--verify").out()).contains("from before the last checkpoint, was changed");
	}

	private void answer() {
		this.registry.on("GET /api/v1/audit", 200, String.join("\n", this.lines) + "\n");
	}

	private void add(int number, String type, String body) {
		String hash = content(this.previous, number, type, body);
		this.lines.add("{\"sequence\":" + number + ",\"revision\":" + number + ",\"type\":\"" + type
				+ "\",\"subject\":\"Route/a\",\"author\":\"alice\",\"at\":\"2026-11-22T08:00:00Z\",\"body\":"
				+ MeshJson.mapper().writeValueAsString(body) + ",\"previous\":\"" + this.previous + "\",\"hash\":\""
				+ hash + "\"}");
		this.previous = hash;
	}

	private static String content(String previous, int number, String type, String body) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream data = new DataOutputStream(bytes);
			data.writeLong(number);
			data.writeLong(number);
			for (String field : List.of(type, "Route/a", "alice", "2026-11-22T08:00:00Z", body)) {
				data.writeInt(field.getBytes(StandardCharsets.UTF_8).length);
				data.write(field.getBytes(StandardCharsets.UTF_8));
			}
			return hash(previous, HexFormat.of().formatHex(bytes.toByteArray()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String hash(String... parts) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (String part : parts) {
				digest.update(HexFormat.of().parseHex(part));
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
