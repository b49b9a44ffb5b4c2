package io.meshup.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code login}, {@code logout}, {@code tokens} and {@code audit}.
 */
class AccountCommandsTests extends CommandTests {

	@Test
	void keepsATokenOfItsOwnForAnAdministrator() throws IOException {
		this.registry.on("GET /api/v1/session", 200, "session.json")
			.on("POST /api/v1/tokens", 201, "token-made.json")
			.on("GET /api/v1/services", 200, "services.json");

		Run.Outcome login = run().without("MESH_PASSWORD").types("typed secret").of("login");

		assertThat(login.code()).isZero();
		assertThat(login.out() + login.err()).contains("as admin (admin); a token is kept in")
			.doesNotContain("typed secret", "mesh_secret");
		assertThat(this.registry.last().body()).contains("\"expiresAt\":\"2026-12-22T13:00:10Z\"", "meshctl-admin-");
		Path file = this.home.resolve(".meshup/meshctl.json");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(Files.readString(file)).contains("mesh_secret").doesNotContain("typed secret");
		try (var files = Files.list(file.getParent())) {
			assertThat(files).containsExactly(file);
		}

		run().without("MESH_PASSWORD").without("MESH_USER").without("MESH_REGISTRY").of("services");
		assertThat(this.registry.last().header("Authorization")).isEqualTo("Bearer mesh_secret");
	}

	@Test
	void signsANamedUserInWithThePasswordThatIsPipedIn() {
		this.registry.on("GET /api/v1/session", 200, "session.json").on("POST /api/v1/tokens", 201, "token-made.json");

		Run.Outcome login = run().without("MESH_PASSWORD")
			.without("MESH_USER")
			.input("correct horse\n")
			.of("login", "--user", "admin", "--password-stdin");

		assertThat(login.code()).as(login.err()).isZero();
		assertThat(this.registry.requests().get(0).header("Authorization")).isEqualTo(
				"Basic " + Base64.getEncoder().encodeToString("admin:correct horse".getBytes(StandardCharsets.UTF_8)));
		assertThat(run().without("MESH_PASSWORD").of("logout", "--user", "admin").code()).isZero();
	}

	@Test
	void revokesItsTokenOnLogout() {
		this.registry.on("GET /api/v1/session", 200, "session.json")
			.on("POST /api/v1/tokens", 201, "token-made.json")
			.on("DELETE /api/v1/tokens/ci", 204, "");
		run("login");

		assertThat(run("logout").out()).contains("Signed out");
		assertThat(this.registry.last().call()).isEqualTo("DELETE /api/v1/tokens/ci");
		assertThat(this.registry.last().header("Authorization")).isEqualTo("Bearer mesh_secret");
		assertThat(run("logout").out()).contains("Nothing is kept");
	}

	@Test
	void keepsASessionForOthers() {
		this.registry.on("GET /api/v1/session", 200, "{\"user\":\"alice\",\"role\":\"operator\"}")
			.on("POST /api/v1/session", 200, "{\"user\":\"alice\",\"role\":\"operator\",\"csrf\":\"c5rf\"}")
			.on("GET /api/v1/services", 200, "services.json");

		assertThat(run("login", "--user", "alice").out()).contains("as alice (operator); a session is kept");

		run().without("MESH_PASSWORD").of("services");
		assertThat(this.registry.last().header("Cookie")).isEqualTo("mesh=s3cret");
		assertThat(this.registry.last().header("X-mesh-csrf")).isEqualTo("c5rf");
	}

	@Test
	void keepsATokenThatIsBroughtAndLeavesItAloneOnLogout() {
		this.registry.on("GET /api/v1/session", 200, "{\"user\":\"token/ci\",\"role\":\"operator\"}");

		assertThat(run().types("mesh_brought").of("login", "--token").code()).isZero();
		assertThat(this.registry.last().header("Authorization")).isEqualTo("Bearer mesh_brought");
		run("logout");

		assertThat(this.registry.requests()).hasSize(1);
	}

	@Test
	void neverSendsWhatItKeepsForOneRegistryToAnother() throws IOException {
		this.registry.on("GET /api/v1/session", 200, "session.json").on("POST /api/v1/tokens", 201, "token-made.json");
		run("login");
		try (RecordedRegistry other = new RecordedRegistry()) {
			other.on("GET /api/v1/services", 401, "unauthorized.json");

			Run.Outcome outcome = run().without("MESH_PASSWORD").of("services", "--registry", other.url());

			assertThat(outcome.code()).isEqualTo(4);
			assertThat(outcome.err()).contains("Not signed in to " + other.url());
			assertThat(other.last().header("Authorization")).isEmpty();
		}
	}

	@Test
	void prefersAnApiTokenOfTheEnvironment() {
		this.registry.on("GET /api/v1/services", 200, "services.json");

		run().with("MESH_TOKEN_API", "mesh_env").of("services");

		assertThat(this.registry.last().header("Authorization")).isEqualTo("Bearer mesh_env");
	}

	@Test
	void printsANewTokenAloneOnStandardOutput() {
		this.registry.on("POST /api/v1/tokens", 201, "token-made.json");

		Run.Outcome outcome = run("tokens", "create", "ci", "--role", "operator", "--expires", "1d");

		assertThat(outcome.out().strip()).isEqualTo("mesh_secret");
		assertThat(this.registry.last().body()).contains("\"name\":\"ci\"", "\"role\":\"operator\"",
				"\"expiresAt\":\"2026-11-23T13:00:10Z\"");
	}

	@Test
	void listsAndRevokesTokens() {
		this.registry.on("GET /api/v1/tokens", 200, "tokens.json").on("DELETE /api/v1/tokens/ci", 204, "");

		assertThat(run("tokens", "list").out()).contains("ci    operator  admin", "2030-01-31T00:00:00Z");
		assertThat(run("tokens", "revoke", "ci").out()).contains("revoked");
	}

	@Test
	void listsWhoChangedWhat() {
		this.registry.on("GET /api/v1/audit?since=2026-11-22T12:00:10Z&user=admin&limit=5", 200, "audit.json");

		Run.Outcome outcome = run("audit", "--since", "1h", "--by", "admin", "-n", "5");

		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).contains("ACTION", "TrafficPolicy/payments");
	}

}
