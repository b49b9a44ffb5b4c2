package io.meshup.spring.setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.meshup.spring.MeshAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MeshSettingFailureAnalyzerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class))
		.withPropertyValues("spring.application.name=orders", "mesh.registry.urls=http://127.0.0.1:1");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			mesh.registry.urls=localhost:8761           | mesh.registry.urls      | localhost:8761
			mesh.registry.urls=ftp://registry           | mesh.registry.urls      | ftp://registry
			mesh.registry.urls=http://r:8761?a=b        | mesh.registry.urls      | http://r:8761?a=b
			mesh.registry.urls=                         | mesh.registry.urls      | has no URL
			mesh.registry.token-file=/no/such/file      | mesh.registry.token-file | /no/such/file
			mesh.instance.version=v 2                   | mesh.instance.version   | v 2
			mesh.instance.version=-v2                   | mesh.instance.version   | -v2
			mesh.instance.zone=a/b                      | mesh.instance.zone      | a/b
			mesh.instance.id=a b                        | mesh.instance.id        | a b
			mesh.instance.host=http://here              | mesh.instance.host      | http://here
			mesh.instance.scheme=ftp                    | mesh.instance.scheme    | ftp
			mesh.instance.port=70000                    | mesh.instance.port      | 70000
			mesh.instance.weight=-1                     | mesh.instance.weight    | -1
			mesh.drain.delay=1h                         | mesh.drain.delay        | 3600000ms
			mesh.services.payments.urls=                | mesh.services.payments.urls | has no URL
			mesh.services.payments.urls=ftp://here      | mesh.services.payments.urls | ftp://here
			mesh.services.payments.urls=http://a/b      | mesh.services.payments.urls | http://a/b
			mesh.services.payments.urls=http://a:70000  | mesh.services.payments.urls | http://a:70000
			mesh.services[pay.al].urls=http://a         | mesh.services.pay.al    | DNS label
			spring.application.name=OrderService        | spring.application.name | OrderService
			spring.application.name=localhost           | spring.application.name | localhost
			""")
	void namesThePropertyAndItsValue(String setting, String property, String value) {
		FailureAnalysis analysis = analysisOf(setting);

		assertThat(analysis.getDescription()).contains("'" + property + "'").contains(value);
		assertThat(analysis.getAction()).endsWith(".");
	}

	@Test
	void suggestsAServiceName() {
		assertThat(analysisOf("spring.application.name=Order_Service v2").getAction()).contains("'order-service-v2'");
	}

	@Test
	void demandsANameWhereTheMeshIsAskedFor() {
		FailureAnalysis analysis = analysisOf("spring.application.name=", "mesh.enabled=true");

		assertThat(analysis.getDescription()).contains("'spring.application.name'").contains("DNS label");
		assertThat(analysis.getAction()).contains("mesh.enabled=false");
	}

	@Test
	void hidesCredentialsInTheRegistrysUrl() {
		FailureAnalysis analysis = analysisOf("mesh.registry.urls=http://admin:secret@registry:8761");

		assertThat(analysis.getDescription()).contains("holds credentials").doesNotContain("secret");
	}

	@Test
	void refusesAnEmptyTokenFile(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("token"), "\n");

		assertThat(analysisOf("mesh.registry.token-file=" + file).getDescription()).contains(file.toString());
	}

	private FailureAnalysis analysisOf(String... settings) {
		FailureAnalysis[] found = new FailureAnalysis[1];
		this.runner.withPropertyValues(settings).run((context) -> {
			assertThat(context).hasFailed();
			found[0] = new MeshSettingFailureAnalyzer().analyze(context.getStartupFailure());
		});
		assertThat(found[0]).isNotNull();
		return found[0];
	}

}
