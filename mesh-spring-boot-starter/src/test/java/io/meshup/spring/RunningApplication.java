package io.meshup.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A real application on a port of the system's choice.
 */
public final class RunningApplication implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private RunningApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static RunningApplication start(Class<?> source, WebApplicationType type, Path cache, String... settings) {
		return startAs("orders", source, type, cache, settings);
	}

	public static RunningApplication startAs(String name, Class<?> source, WebApplicationType type, Path cache,
			String... settings) {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=0", "--server.address=127.0.0.1", "--spring.application.name=" + name,
						"--mesh.cache-dir=" + cache, "--spring.main.banner-mode=off", "--logging.level.root=error",
						"--mesh.drain.delay=0s", "--management.endpoints.web.exposure.include=mesh,health",
						"--management.endpoint.health.show-details=always",
						"--management.endpoint.health.probes.enabled=true"));
		for (String setting : settings) {
			arguments.add("--" + setting);
		}
		return new RunningApplication(
				new SpringApplicationBuilder(source).web(type).run(arguments.toArray(String[]::new)));
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
			.timeout(PatientWaits.LIMIT);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	public JsonNode json(String path) throws IOException, InterruptedException {
		return MeshJson.readTree(get(path).body().getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		this.context.close();
	}

}
