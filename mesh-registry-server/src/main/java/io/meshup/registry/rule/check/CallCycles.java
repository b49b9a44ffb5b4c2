package io.meshup.registry.rule.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;

/**
 * Finds routes that send calls or their copies in a circle: a's calls to b and b's to a.
 */
public final class CallCycles {

	private final Map<String, Set<String>> targets = new TreeMap<>();

	/**
	 * Adds a Route.
	 * @param spec its specification
	 */
	public void add(JsonNode spec) {
		String service = spec.path("service").asString("");
		Set<String> all = this.targets.computeIfAbsent(service, (any) -> new TreeSet<>());
		for (JsonNode rule : spec.path("rules")) {
			for (JsonNode backend : rule.path("backendRefs")) {
				String other = backend.path("service").asString(service);
				if (!other.equals(service)) {
					all.add(other);
				}
			}
			for (JsonNode filter : rule.path("filters")) {
				mirror(service, filter.path("requestMirror"), all);
			}
		}
	}

	/**
	 * Whether any of the routes so far sends calls or copies on to another service.
	 * @return {@code false} when they cannot be part of a circle
	 */
	public boolean leadOn() {
		return this.targets.values().stream().anyMatch((all) -> !all.isEmpty());
	}

	private static void mirror(String service, JsonNode mirror, Set<String> all) {
		String other = mirror.path("service").asString(service);
		boolean toItself = other.equals(service) && mirror.path("version").asString("").isEmpty();
		if (mirror.isObject() && (toItself || !other.equals(service))) {
			all.add(other);
		}
	}

	/**
	 * A way from a service back to itself.
	 * @param service the service
	 * @return the services on it, the first one at the end again; empty when there is
	 * none
	 */
	public List<String> from(String service) {
		Map<String, String> cameFrom = new TreeMap<>();
		Deque<String> open = new ArrayDeque<>(List.of(service));
		while (!open.isEmpty()) {
			String at = open.removeFirst();
			for (String next : this.targets.getOrDefault(at, Set.of())) {
				if (next.equals(service)) {
					return way(service, at, cameFrom);
				}
				if (cameFrom.putIfAbsent(next, at) == null) {
					open.addLast(next);
				}
			}
		}
		return List.of();
	}

	private static List<String> way(String service, String last, Map<String, String> cameFrom) {
		List<String> way = new ArrayList<>(List.of(service));
		for (String at = last; at != null && !at.equals(service); at = cameFrom.get(at)) {
			way.add(1, at);
		}
		way.add(service);
		return way;
	}

}
