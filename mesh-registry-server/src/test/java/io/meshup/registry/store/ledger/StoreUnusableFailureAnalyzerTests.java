package io.meshup.registry.store.ledger;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;

class StoreUnusableFailureAnalyzerTests {

	@Test
	void tellsWhatHappenedWhereAndWhatToDo() {
		StoreUnusableException cause = StoreUnusableException.damaged(Path.of("mesh.db"), "it is short", null);

		FailureAnalysis analysis = new StoreUnusableFailureAnalyzer().analyze(cause, cause);

		assertThat(analysis.getDescription()).contains("mesh.db", "is damaged");
		assertThat(analysis.getAction()).contains("backup", "mesh.db");
	}

}
