package io.meshup.registry.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.RunningRegistry;
import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

class BackupApiTests extends RunningRegistry {

	private static final String RULE = """
			{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"backed-up"},
			"spec":{"service":"backed-up","panicThresholdPercent":10}}""";

	@TempDir
	private Path directory;

	@Test
	void sendsAFileThatARegistryCanStartFrom() throws Exception {
		admin().put()
			.uri("/api/v1/rules/TrafficPolicy/backed-up")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(RULE)
			.exchange()
			.expectStatus()
			.is2xxSuccessful();

		byte[] backup = admin().get()
			.uri("/api/v1/backup")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mesh-[0-9a-f-]{36}-[0-9]+\\.db\"")
			.expectBody()
			.returnResult()
			.getResponseBodyContent();

		Files.write(this.directory.resolve(Ledger.FILE), backup);
		List<String> subjects = new ArrayList<>();
		try (DataDirectory data = DataDirectory.open(this.directory)) {
			Ledger.open(data, (sequence, entry) -> subjects.add(subject(entry))).close();
		}
		assertThat(subjects).contains("rule TrafficPolicy/backed-up");
	}

	private static String subject(LedgerEntry entry) {
		return entry.type() + " " + entry.subject();
	}

}
