package io.meshup.registry.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.meshup.model.MeshJson;
import io.meshup.registry.door.Kinship;
import io.meshup.registry.lease.node.Introductions;
import io.meshup.registry.lease.node.NodeNews;
import io.meshup.registry.store.Nodes;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The nodes of this registry, for operators.
 */
@RestController
final class NodesController {

	private final Nodes nodes;

	private final Leases leases;

	private final Kinship kinship;

	private final NodeNews news;

	NodesController(Nodes nodes, Leases leases, Kinship kinship, NodeNews news) {
		this.nodes = nodes;
		this.kinship = kinship;
		this.news = news;
		this.leases = leases;
	}

	@GetMapping(path = "/api/v1/nodes", produces = MediaType.APPLICATION_JSON_VALUE)
	byte[] nodes() {
		Map<String, Integer> held = new TreeMap<>(this.leases.heldByNode());
		List<Node> all = new ArrayList<>();
		all.add(node(this.nodes.self(), this.nodes.isConnected(), this.leases.ownSize()));
		for (String other : new TreeSet<>(this.nodes.others())) {
			all.add(node(other, true, held.getOrDefault(other, 0)));
		}
		return MeshJson.write(new Answer(this.nodes.self(), this.nodes.isConnected(), all, this.kinship.strangers()));
	}

	private Node node(String id, boolean isConnected, int instances) {
		Introductions.About about = this.news.introductions().of(id);
		return new Node(id, id.equals(this.nodes.self()), isConnected, instances, about.version(), about.startedAt());
	}

	/**
	 * One node.
	 *
	 * @param id its name, another one after each start
	 * @param self whether it is the one that answers
	 * @param connected whether it is in reach of what the nodes share
	 * @param instances how many instances have their line there
	 * @param version which version of this program it runs, empty until it has said so
	 * @param startedAt since when, empty until it has said so
	 */
	private record Node(String id, boolean self, boolean connected, int instances, String version, String startedAt) {
	}

	private record Answer(String self, boolean connected, List<Node> nodes, List<Kinship.Strangers> strangers) {
	}

}
