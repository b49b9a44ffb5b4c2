package io.meshup.registry.limit;

import io.meshup.registry.security.rate.RateSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class RegistryLimitsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(LimitConfiguration.class, Rates.class);

	@Test
	void hasTheDefaultsOfTheDesign() {
		RegistryLimits limits = TestLimits.of();

		assertThat(limits.bodySize()).isEqualTo(DataSize.ofMegabytes(1));
		assertThat(limits.document().depth()).isEqualTo(32);
		assertThat(limits.nameLength()).isEqualTo(63);
		assertThat(limits.instance().metadataSize()).isEqualTo(DataSize.ofKilobytes(8));
	}

	@ParameterizedTest
	@CsvSource({ "body-size,1KB,16MB,1023B,16777217B", "name-length,1,63,0,64", "message-length,0,4000,-1,4001",
			"watched-services,1,100000,0,100001", "api-tokens,1,100000,0,100001", "sessions,1,100000,0,100001",
			"edges,100,100000,99,100001", "shared-limits,1,10000,0,10001",
			"connections-per-second,100,1000000,99,1000001", "operator-calls,10,100000,9,100001",
			"waiting-writes,10,100000,9,100001", "document.depth,8,56,7,57",
			"document.text-length,100,1000000,99,1000001", "document.number-length,20,1000,19,1001",
			"document.values,100,10000000,99,10000001", "document.aliases,0,1000,-1,1001",
			"document.list-entries,1,10000,0,10001", "instance.metadata-size,0B,256KB,-1B,262145B",
			"instance.list-entries,10,100000,9,100001", "question.entries,1,10000,0,10001",
			"question.text-length,10,100000,9,100001", "requests-per-second,1,1000000,0,1000001",
			"burst,1,1000000,0,1000001", "anonymous-requests-per-second,1,1000000,0,1000001",
			"anonymous-burst,1,1000000,0,1000001", "wrong-passwords-per-user,1,1000,0,1001",
			"wrong-passwords-per-address,1,10000,0,10001" })
	void takesWhatIsWithinTheBoundsOfEachPropertyOnly(String property, String least, String most, String below,
			String above) {
		for (String within : new String[] { least, most }) {
			this.runner.withPropertyValues(RegistryLimits.PREFIX + property + "=" + within)
				.run((context) -> assertThat(context).hasNotFailed());
		}
		for (String outside : new String[] { below, above }) {
			this.runner.withPropertyValues(RegistryLimits.PREFIX + property + "=" + outside)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageStartingWith("'mesh.registry.limits." + property + "' must be " + least + " to "));
		}
	}

	@Test
	void tellsOfAllThatIsWrongAtOnceAndWhatToDo() {
		this.runner
			.withPropertyValues(RegistryLimits.PREFIX + "document.depth=100",
					RegistryLimits.PREFIX + "instance.metadata-size=1MB", RegistryLimits.PREFIX + "sessions=0")
			.run((context) -> {
				FailureAnalysis analysis = new LimitFailureAnalyzer().analyze(context.getStartupFailure());

				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains(
						"'mesh.registry.limits.document.depth' must be 8 to 56 but was 100",
						"'mesh.registry.limits.instance.metadata-size' must be 0B to 256KB but was 1MB",
						"'mesh.registry.limits.sessions' must be 1 to 100000 but was 0");
				assertThat(analysis.getAction()).contains("docs/operations.md");
			});
	}

	@EnableConfigurationProperties(RateSettings.class)
	static class Rates {

	}

}
