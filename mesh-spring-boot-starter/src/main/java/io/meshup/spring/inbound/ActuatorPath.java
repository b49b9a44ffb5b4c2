package io.meshup.spring.inbound;

import org.springframework.core.env.Environment;

/**
 * Where the actuator is on the application's own port.
 *
 * @param prefix for example {@code /actuator}; empty where its requests cannot be told
 * from others by a prefix
 */
record ActuatorPath(String prefix) {

	/**
	 * Reads the settings.
	 * @param environment the application's environment
	 * @param parents names of the properties that come before the actuator's own path
	 * @return the path
	 */
	static ActuatorPath of(Environment environment, String... parents) {
		String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
		if (base.replace("/", "").isBlank()) {
			return new ActuatorPath("");
		}
		StringBuilder path = new StringBuilder();
		for (String parent : parents) {
			path.append('/').append(environment.getProperty(parent, ""));
		}
		String joined = path.append('/').append(base).toString().replaceAll("/{2,}", "/");
		return new ActuatorPath(joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined);
	}

	boolean covers(String path) {
		return !this.prefix.isEmpty() && path.startsWith(this.prefix)
				&& (path.length() == this.prefix.length() || path.charAt(this.prefix.length()) == '/');
	}

}
