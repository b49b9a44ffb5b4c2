package io.meshup.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of commands share: a recorded registry and an empty home.
 */
abstract class CommandTests {

	@TempDir
	Path home;

	RecordedRegistry registry;

	@BeforeEach
	void start() throws IOException {
		this.registry = new RecordedRegistry();
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	Run run() {
		return new Run(this.home, this.registry);
	}

	Run.Outcome run(String... args) {
		return run().of(args);
	}

}
