package io.meshup.model;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One running copy of a service, as callers see it. Immutable.
 *
 * @param id unique within its service
 * @param host name or address to connect to; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param scheme {@code http} or {@code https}
 * @param version the application's label that splits refer to
 * @param zone where it runs
 * @param lane the lane it serves, or {@code null} for the base
 * @param weight relative share within its version, 0 to 1,000,000, default 100
 * @param status its present state
 * @param metadata free flat text
 */
public record Instance(String id, String host, int port, String scheme, String version, String zone,
		@Nullable String lane, Integer weight, InstanceStatus status, Map<String, String> metadata) {

	/**
	 * The weight of an instance that names none.
	 */
	public static final int DEFAULT_WEIGHT = 100;

	/**
	 * The largest weight.
	 */
	public static final int MAX_WEIGHT = 1_000_000;

	/**
	 * The version of an instance that names none.
	 */
	public static final String DEFAULT_VERSION = "v1";

	/**
	 * The zone of an instance that names none.
	 */
	public static final String DEFAULT_ZONE = "default";

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public Instance {
		scheme = (scheme != null) ? scheme : "http";
		version = (version != null) ? version : DEFAULT_VERSION;
		zone = (zone != null) ? zone : DEFAULT_ZONE;
		weight = (weight != null) ? weight : DEFAULT_WEIGHT;
		metadata = (metadata != null) ? Map.copyOf(metadata) : Map.of();
		if (id == null || id.isBlank() || host == null || host.isBlank() || status == null) {
			throw new IllegalArgumentException("'id', 'host' and 'status' of an instance must be given but were '" + id
					+ "', '" + host + "' and '" + status + "'");
		}
		if (port < 1 || port > 65_535) {
			throw new IllegalArgumentException("'port' must be between 1 and 65535 but was " + port);
		}
		if (weight < 0 || weight > MAX_WEIGHT) {
			throw new IllegalArgumentException("'weight' must be between 0 and 1000000 but was " + weight);
		}
	}

	/**
	 * The same instance in another state.
	 * @param other the new state
	 * @return {@code this} when nothing changes
	 */
	public Instance withStatus(InstanceStatus other) {
		return (other == this.status) ? this : new Instance(this.id, this.host, this.port, this.scheme, this.version,
				this.zone, this.lane, this.weight, other, this.metadata);
	}

	/**
	 * Host and port as they stand in a URI.
	 * @return for example {@code 127.0.0.1:8080} or {@code [::1]:8080}
	 */
	public String authority() {
		return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}
