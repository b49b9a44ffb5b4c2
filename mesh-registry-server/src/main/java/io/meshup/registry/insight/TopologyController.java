package io.meshup.registry.insight;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshDuration;
import io.meshup.model.MeshJson;
import io.meshup.registry.insight.edge.EdgeSeries;
import io.meshup.registry.insight.edge.Endpoint;
import io.meshup.registry.lease.Leases;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The map: what runs, and what flows between.
 */
@RestController
final class TopologyController {

	private static final Duration MIN_WINDOW = Duration.ofSeconds(10);

	private static final Duration MAX_WINDOW = Duration.ofSeconds(EdgeSeries.KEPT_SECONDS);

	private final Traffic traffic;

	private final Leases leases;

	private final InstantSource wallClock = InstantSource.system();

	TopologyController(Traffic traffic, Leases leases) {
		this.traffic = traffic;
		this.leases = leases;
	}

	@GetMapping(path = "/api/v1/topology", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<byte[]> topology(@RequestParam(defaultValue = "60s") String window) {
		Duration length = window(window);
		return Mono.fromCallable(() -> topology(length)).subscribeOn(Schedulers.boundedElastic());
	}

	private byte[] topology(Duration length) {
		Instant to = this.wallClock.instant().truncatedTo(ChronoUnit.MILLIS);
		List<EdgeView> edges = this.traffic.edges(length.toSeconds());
		return MeshJson.write(new Topology(to.minus(length), to, nodes(edges), edges));
	}

	private Collection<NodeView> nodes(List<EdgeView> edges) {
		Map<Endpoint, NodeView> nodes = new TreeMap<>(
				Comparator.comparing(Endpoint::service).thenComparing(Endpoint::version));
		for (String service : this.leases.services()) {
			this.leases.instances(service).forEach((listed) -> add(nodes, node(service, listed)));
		}
		for (EdgeView edge : edges) {
			add(nodes, new NodeView(edge.source().service(), edge.source().version(), 0, 0, List.of()));
			add(nodes, new NodeView(edge.destination().service(), edge.destination().version(), 0, 0, List.of()));
		}
		return nodes.values();
	}

	private static NodeView node(String service, ListedInstance listed) {
		int up = (listed.instance().status() == InstanceStatus.UP) ? 1 : 0;
		String lane = listed.instance().lane();
		return new NodeView(service, listed.instance().version(), 1, up, (lane != null) ? List.of(lane) : List.of());
	}

	private static void add(Map<Endpoint, NodeView> nodes, NodeView node) {
		nodes.merge(new Endpoint(node.service(), node.version()), node, NodeView::plus);
	}

	private static Duration window(String text) {
		try {
			Duration window = MeshDuration.parse(text);
			if (window.compareTo(MIN_WINDOW) >= 0 && window.compareTo(MAX_WINDOW) <= 0) {
				return window;
			}
			throw invalid("must be from 10s to 5m but was '" + MeshDuration.format(window) + "'");
		}
		catch (IllegalArgumentException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
	}

	private static ApiProblem invalid(String message) {
		return ApiProblem.invalid(List.of(Violation.of("", "the query parameter 'window' " + message)));
	}

	private record Topology(Instant from, Instant to, Collection<NodeView> nodes, List<EdgeView> edges) {
	}

}
