package io.meshup.model.rule;

import java.util.List;

import io.meshup.model.ServiceName;

/**
 * What may come in at the door of a service. A service may have several: a request must
 * be within all limits of all of them.
 *
 * @param name the rule's name
 * @param revision when the registry accepted it
 * @param service the service at whose door it holds
 * @param limits at least one
 */
public record RateLimit(String name, long revision, String service, List<Limit> limits) implements Rule {

	/**
	 * The kind as documents write it.
	 */
	public static final String KIND = "RateLimit";

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public RateLimit {
		ServiceName.require(service);
		limits = (limits != null) ? List.copyOf(limits) : List.of();
		if (limits.isEmpty()) {
			throw new IllegalArgumentException("'limits' must have at least one limit");
		}
	}

	@Override
	public String kind() {
		return KIND;
	}

}
