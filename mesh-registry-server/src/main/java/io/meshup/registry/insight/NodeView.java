package io.meshup.registry.insight;

/**
 * A version of a service on the map.
 *
 * @param service the service
 * @param version its version
 * @param instances how many are listed
 * @param up how many of them are up
 */
record NodeView(String service, String version, int instances, int up) {

	NodeView plus(NodeView other) {
		return new NodeView(this.service, this.version, this.instances + other.instances, this.up + other.up);
	}

}
