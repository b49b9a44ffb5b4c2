package io.meshup.registry.lease.node;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.Nodes;

/**
 * What nodes say of themselves to each other, so that whoever upgrades one after the
 * other sees which runs what. Thread-safe.
 */
public final class Introductions {

	private static final String ABOUT = "about";

	private final Map<String, About> others = new ConcurrentHashMap<>();

	private final Nodes nodes;

	private final About own;

	Introductions(Nodes nodes, Instant startedAt) {
		String version = Introductions.class.getPackage().getImplementationVersion();
		this.nodes = nodes;
		this.own = new About((version != null) ? version : "(unpackaged)",
				startedAt.truncatedTo(ChronoUnit.MILLIS).toString());
		nodes.listen(ABOUT, (node, news) -> this.others.put(node, MeshJson.read(news, About.class)));
	}

	/**
	 * Tells the others, and forgets those that went.
	 */
	void tell() {
		this.others.keySet().retainAll(this.nodes.others());
		this.nodes.tell(ABOUT, MeshJson.write(this.own));
	}

	/**
	 * What a node has said.
	 * @param node the node
	 * @return empty texts for one that has not said anything yet
	 */
	public About of(String node) {
		return node.equals(this.nodes.self()) ? this.own : this.others.getOrDefault(node, About.UNKNOWN);
	}

	/**
	 * What a node says of itself.
	 *
	 * @param version which version of this program it runs
	 * @param startedAt since when
	 */
	public record About(String version, String startedAt) {

		static final About UNKNOWN = new About("", "");

	}

}
