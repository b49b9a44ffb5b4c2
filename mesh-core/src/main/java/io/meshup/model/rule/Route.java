package io.meshup.model.rule;

import java.util.List;

import io.meshup.model.ServiceName;
import io.meshup.model.rule.route.RouteRule;

/**
 * Which request of a service goes where: the first rule that matches decides.
 *
 * @param name the rule's name
 * @param revision when the registry accepted it
 * @param service the service whose calls it routes
 * @param rules at least one, in order of precedence
 */
public record Route(String name, long revision, String service, List<RouteRule> rules) implements Rule {

	/**
	 * The kind as documents write it.
	 */
	public static final String KIND = "Route";

	public Route {
		ServiceName.require(service);
		rules = List.copyOf(rules);
		if (rules.isEmpty()) {
			throw new IllegalArgumentException("'rules' must have at least one rule");
		}
	}

	@Override
	public String kind() {
		return KIND;
	}

}
