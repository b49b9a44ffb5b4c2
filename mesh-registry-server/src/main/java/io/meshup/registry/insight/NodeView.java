package io.meshup.registry.insight;

import java.util.List;
import java.util.TreeSet;

/**
 * A version of a service on the map.
 *
 * @param service the service
 * @param version its version
 * @param instances how many are listed
 * @param up how many of them are up
 * @param lanes the lanes that any of them serves, in order
 */
record NodeView(String service, String version, int instances, int up, List<String> lanes) {

	NodeView plus(NodeView other) {
		TreeSet<String> both = new TreeSet<>(this.lanes);
		both.addAll(other.lanes);
		return new NodeView(this.service, this.version, this.instances + other.instances, this.up + other.up,
				List.copyOf(both));
	}

}
