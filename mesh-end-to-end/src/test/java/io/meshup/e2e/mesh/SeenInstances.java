package io.meshup.e2e.mesh;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.meshup.e2e.machine.JavaProcess;
import tools.jackson.databind.JsonNode;

/**
 * Looks every 50 ms how a caller sees a service: how many instances and in which states.
 */
public final class SeenInstances implements AutoCloseable {

	private final Set<String> seen = new ConcurrentSkipListSet<>();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private SeenInstances(Mesh mesh, JavaProcess caller, String service) {
		this.timer.scheduleWithFixedDelay(() -> this.seen.add(look(mesh, caller, service)), 0,
				Duration.ofMillis(50).toMillis(), TimeUnit.MILLISECONDS);
	}

	public static SeenInstances by(Mesh mesh, JavaProcess caller, String service) {
		return new SeenInstances(mesh, caller, service);
	}

	private static String look(Mesh mesh, JavaProcess caller, String service) {
		try {
			JsonNode instances = mesh.view(caller, service).path("instances");
			Set<String> states = instances.valueStream()
				.map((one) -> one.at("/instance/status").asString())
				.collect(Collectors.toCollection(TreeSet::new));
			return instances.size() + " " + String.join(" ", states);
		}
		catch (RuntimeException ex) {
			return "no answer: " + ex.getMessage();
		}
	}

	/**
	 * Everything seen so far.
	 */
	public Set<String> all() {
		return Set.copyOf(this.seen);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
