package io.meshup.registry.lease.instance;

import java.util.List;
import java.util.regex.Pattern;

import io.meshup.model.ServiceName;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.problem.Violations;

/**
 * The place of one instance in the mesh.
 *
 * @param service its service
 * @param id its id, unique within the service
 */
public record LeaseKey(String service, String id) {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

	/**
	 * Reads a key that came from outside.
	 * @param service the text that should name a service
	 * @param id the text that should name an instance
	 * @return the key
	 * @throws ApiProblem when one of them is not of the grammar
	 */
	public static LeaseKey parse(String service, String id) {
		Violations violations = new Violations();
		checkService(service, violations);
		if (!ID.matcher(id).matches()) {
			violations.add("", "the instance's id in the path must be 1 to 128 characters of [A-Za-z0-9._:-] but was "
					+ Violations.quote(id));
		}
		violations.throwIfAny();
		return new LeaseKey(service, id);
	}

	/**
	 * Refuses a text that cannot name a service.
	 * @param service the text
	 * @return the same text
	 * @throws ApiProblem when it is not of the grammar
	 */
	public static String requireService(String service) {
		Violations violations = new Violations();
		checkService(service, violations);
		violations.throwIfAny();
		return service;
	}

	/**
	 * Refuses a service's name that is longer than the operator wants.
	 * @param most how many characters it may have
	 * @return this
	 * @throws ApiProblem when it is longer
	 */
	public LeaseKey within(int most) {
		if (this.service.length() > most) {
			throw ApiProblem.invalid(List.of(Violation.of("",
					"the service's name must have at most " + most
							+ " characters (mesh.registry.limits.name-length) but '" + this.service + "' has "
							+ this.service.length())));
		}
		return this;
	}

	private static void checkService(String service, Violations violations) {
		if (!ServiceName.isValid(service)) {
			violations.add(Violation.of("", "the service must be a DNS label (a-z, 0-9, -; at most 63 characters; "
					+ "not 'localhost') but was " + Violations.quote(service)));
		}
	}

	@Override
	public String toString() {
		return this.service + "/" + this.id;
	}

}
