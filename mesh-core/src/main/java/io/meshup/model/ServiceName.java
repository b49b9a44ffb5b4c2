package io.meshup.model;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The grammar of service names: one DNS label in lower case (RFC 1123, section 2.1), so
 * that a name works as a URI host everywhere. {@code localhost} is refused, because it
 * would hijack calls that mean the machine itself.
 */
public final class ServiceName {

	/**
	 * The name under which rules for the whole mesh travel; not a service name.
	 */
	public static final String MESH_WIDE = "*";

	private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private ServiceName() {
	}

	/**
	 * Whether a text can name a service.
	 * @param name the text, may be {@code null}
	 * @return {@code true} when it is one DNS label and not {@code localhost}
	 */
	public static boolean isValid(@Nullable String name) {
		return name != null && !name.equals("localhost") && LABEL.matcher(name).matches();
	}

	/**
	 * Returns the name when it is valid.
	 * @param name the text
	 * @return the same text
	 * @throws IllegalArgumentException when it cannot name a service
	 */
	public static String require(@Nullable String name) {
		if (name == null || !isValid(name)) {
			throw new IllegalArgumentException("'service' must be a DNS label (a-z, 0-9, -; at most 63 characters; "
					+ "not 'localhost') but was '" + name + "'");
		}
		return name;
	}

}
