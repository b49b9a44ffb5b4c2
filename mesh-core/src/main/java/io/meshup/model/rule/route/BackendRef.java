package io.meshup.model.rule.route;

/**
 * A weighted destination of a split.
 *
 * @param service another service than the route's own, or empty
 * @param version the version, or empty for any version
 * @param weight relative to the others' weights, 0 to 1,000,000, default 1
 */
public record BackendRef(String service, String version, Integer weight) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public BackendRef {
		service = (service != null) ? service : "";
		version = (version != null) ? version : "";
		weight = (weight != null) ? weight : 1;
		if (weight < 0 || weight > 1_000_000) {
			throw new IllegalArgumentException("'weight' must be between 0 and 1000000 but was " + weight);
		}
	}

}
