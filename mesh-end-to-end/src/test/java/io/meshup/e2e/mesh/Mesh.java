package io.meshup.e2e.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.JavaProcess;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * A mesh of real processes: a registry of one or more nodes, and what a test adds to it.
 */
public final class Mesh implements AutoCloseable {

	private static final Path PROBE = Path.of("target", "mesh-end-to-end-probe.jar");

	private static final Path GATEWAY = Path.of("..", "mesh-gateway", "target", "mesh-gateway.jar");

	private final Http http = new Http();

	private final List<JavaProcess> processes = new ArrayList<>();

	private final List<RunningRegistry> nodes = new ArrayList<>();

	private final Path folder;

	private Mesh(List<List<String>> nodes) {
		try {
			this.folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "e2e")), "mesh-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		for (List<String> more : nodes) {
			Path data = this.folder.resolve("registry-" + this.nodes.size()).toAbsolutePath();
			this.nodes.add(RunningRegistry.start(data, more.toArray(String[]::new)));
		}
	}

	public static Mesh start() {
		return new Mesh(List.of(List.of()));
	}

	/**
	 * Starts a registry of several nodes, whose addresses all participants get.
	 * @param nodes what each node is started with
	 */
	public static Mesh startOver(List<List<String>> nodes) {
		return new Mesh(nodes);
	}

	public RunningRegistry registry() {
		return this.nodes.get(0);
	}

	public List<RunningRegistry> nodes() {
		return this.nodes;
	}

	/**
	 * Begins to start an instance of the probe application.
	 */
	public JavaProcess probe(String service, String version, String... more) {
		return probeIn(Map.of(), service, version, more);
	}

	/**
	 * Begins to start an instance of the probe application with more in its environment.
	 */
	public JavaProcess probeIn(Map<String, String> environment, String service, String version, String... more) {
		List<String> arguments = new ArrayList<>(participant());
		arguments.addAll(List.of("--spring.application.name=" + service, "--mesh.instance.version=" + version));
		arguments.addAll(List.of(more));
		return keep(JavaProcess.start(service + "-" + version, PROBE, arguments, environment));
	}

	/**
	 * Begins to start an application of the demo shop, on a port that the system picks
	 * where it is 0.
	 */
	public JavaProcess demo(String service, int port, List<String> more) {
		List<String> arguments = new ArrayList<>(participant(port));
		arguments.addAll(more);
		Path jar = Path.of("..", "demo-apps", service, "target", service + ".jar");
		return keep(JavaProcess.start(service, jar, arguments));
	}

	public JavaProcess gateway(String... more) {
		return gatewayOn(0, more);
	}

	/**
	 * Begins to start a gateway on a port, which the system picks where it is 0.
	 */
	public JavaProcess gatewayOn(int port, String... more) {
		List<String> arguments = new ArrayList<>(participant(port));
		arguments.addAll(List.of(more));
		return keep(JavaProcess.start("gateway", GATEWAY, arguments));
	}

	private List<String> participant() {
		return participant(0);
	}

	private List<String> participant(int port) {
		return List.of("--server.port=" + port, "--mesh.registry.urls=" + urls(),
				"--mesh.registry.token=" + RunningRegistry.TOKEN,
				"--mesh.cache-dir=" + this.folder.resolve("cache").toAbsolutePath());
	}

	private String urls() {
		return this.nodes.stream().map((node) -> node.uri("").toString()).collect(Collectors.joining(","));
	}

	private JavaProcess keep(JavaProcess process) {
		this.processes.add(process);
		return process;
	}

	public void awaitUp(String service, int instances) {
		Awaitility.await(instances + " instances of " + service + " up")
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> registry().countUp(service) == instances);
	}

	/**
	 * Lets a probe make many calls.
	 * @return how often each answer came
	 */
	public Map<String, Long> burst(JavaProcess caller, String uri, int count) {
		String query = "/burst?threads=8&count=" + count + "&uri=" + Http.encode(uri);
		Map<String, Long> counts = new TreeMap<>();
		String body = this.http.send("POST", caller.uri(query), "", List.of()).body();
		Http.json(body).forEachEntry((answer, number) -> counts.put(answer, number.asLong()));
		return counts;
	}

	/**
	 * How a participant sees a service.
	 * @return its part of {@code /actuator/mesh}
	 */
	public JsonNode view(JavaProcess participant, String service) {
		return this.http.getJson(participant.uri("/actuator/mesh")).path("services").path(service);
	}

	/**
	 * Whether a participant counts an instance of another service as up.
	 */
	public boolean isUp(JavaProcess participant, String service, JavaProcess instance) {
		return "UP".equals(find(participant, service, instance).path("status").asString(""));
	}

	public boolean isListed(JavaProcess participant, String service, JavaProcess instance) {
		return !find(participant, service, instance).isMissingNode();
	}

	private JsonNode find(JavaProcess participant, String service, JavaProcess instance) {
		JsonNode view = view(participant, service);
		for (JsonNode candidate : view.path("instances")) {
			if (candidate.at("/instance/port").asInt() == instance.port()) {
				return candidate.path("instance");
			}
		}
		return view.path("none");
	}

	@Override
	public void close() {
		this.processes.forEach(JavaProcess::close);
		this.nodes.forEach(RunningRegistry::close);
	}

}
