package io.meshup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackupCommandTests extends CommandTests {

	private Path file() {
		return this.home.resolve("mesh.db");
	}

	private Run.Outcome backup() {
		return run("backup", file().toString());
	}

	@Test
	void writesTheWholeFileForItsOwnerOnly() throws IOException {
		this.registry.on("GET /api/v1/backup", 200, "SQLite format 3");

		assertThat(backup().out()).isEqualTo("wrote " + file() + " (1 KB)\n");

		assertThat(file()).hasContent("SQLite format 3");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
	}

	@Test
	void leavesTheLastBackupWhenThereIsNoNewOne() throws IOException {
		Files.writeString(file(), "yesterday");
		this.registry.on("GET /api/v1/backup", 409, "{\"detail\":\"Redis makes the backups.\"}");

		Run.Outcome outcome = backup();

		assertThat(outcome.code()).isEqualTo(5);
		assertThat(outcome.err()).contains("Redis makes the backups.");
		assertThat(file()).hasContent("yesterday");
		assertThat(this.home.toFile().list()).containsExactly("mesh.db");
	}

	@Test
	void saysThatTheDirectoryIsMissing() {
		this.registry.on("GET /api/v1/backup", 200, "SQLite format 3");

		Run.Outcome outcome = run("backup", this.home.resolve("none/mesh.db").toString());

		assertThat(outcome.code()).isEqualTo(2);
		assertThat(outcome.err()).contains("Cannot write").contains("none").contains("Name a file in a directory");
	}

}
