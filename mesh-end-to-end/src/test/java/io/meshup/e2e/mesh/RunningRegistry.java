package io.meshup.e2e.mesh;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.JavaProcess;
import tools.jackson.databind.JsonNode;

/**
 * A registry in a process of its own, and its operators' API.
 */
public final class RunningRegistry implements AutoCloseable {

	public static final String PASSWORD = "correct-horse-battery";

	public static final String TOKEN = "join-token-of-the-end-to-end-tests";

	private static final Path JAR = Path.of("..", "mesh-registry-server", "target", "mesh-registry-server.jar");

	private final Http http = new Http();

	private final Path data;

	private final String[] more;

	private JavaProcess process;

	private RunningRegistry(Path data, Map<String, String> environment, String... more) {
		this.data = data;
		this.more = more;
		this.process = launch(data, "0", environment, more).awaitStarted();
	}

	public static RunningRegistry start(Path data, String... more) {
		return new RunningRegistry(data, Map.of(), more);
	}

	/**
	 * Starts a registry with more in its environment, until it is restarted.
	 */
	public static RunningRegistry start(Path data, Map<String, String> environment) {
		return new RunningRegistry(data, environment);
	}

	public static JavaProcess launch(Path data, String port, String... more) {
		return launch(data, port, Map.of(), more);
	}

	private static JavaProcess launch(Path data, String port, Map<String, String> environment, String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=" + port, "--mesh.registry.data-dir=" + data,
				"--mesh.registry.security.admin-password=" + PASSWORD, "--mesh.registry.security.join-token=" + TOKEN));
		arguments.addAll(List.of(more));
		return JavaProcess.start("registry", JAR, arguments, environment);
	}

	/**
	 * Starts the registry again on the same port and store.
	 */
	public void restart() {
		this.process = launch(this.data, String.valueOf(this.process.port()), this.more).awaitStarted();
	}

	public Path data() {
		return this.data;
	}

	public JavaProcess process() {
		return this.process;
	}

	public URI uri(String path) {
		return this.process.uri(path);
	}

	public String authorization() {
		return "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
	}

	public HttpResponse<String> send(String method, String path, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of("Authorization", authorization(), "Content-Type",
				body.matches("(?s)[{\\[].*") ? "application/json" : "application/yaml"));
		all.addAll(List.of(headers));
		return this.http.send(method, uri(path), body, all);
	}

	public JsonNode get(String path) {
		HttpResponse<String> response = send("GET", path, "");
		if (response.statusCode() != 200) {
			throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
		}
		return Http.json(response.body());
	}

	/**
	 * Writes a rule.
	 * @return its revision
	 */
	public long putRule(String kind, String name, String document) {
		HttpResponse<String> response = send("PUT", "/api/v1/rules/" + kind + "/" + name, document);
		if (response.statusCode() / 100 != 2) {
			throw new IllegalStateException("rule refused, " + response.statusCode() + ": " + response.body());
		}
		return Http.json(response.body()).path("metadata").path("revision").asLong();
	}

	public List<String> instances(String service) {
		HttpResponse<String> response = send("GET", "/api/v1/services/" + service, "");
		if (response.statusCode() == 404) {
			return List.of();
		}
		List<String> instances = new ArrayList<>();
		Http.json(response.body())
			.path("instances")
			.forEach((instance) -> instances
				.add(instance.path("id").asString() + " " + instance.path("status").asString()));
		return instances;
	}

	public long countUp(String service) {
		return instances(service).stream().filter((instance) -> instance.endsWith(" UP")).count();
	}

	@Override
	public void close() {
		this.process.close();
	}

}
