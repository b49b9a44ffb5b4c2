package io.meshup.spring.client;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * The base URL of a load-balanced group of HTTP interfaces: one without a URL is called
 * by its name, and {@code lb://orders} means {@code http://orders}, as Spring Cloud has
 * it.
 */
public final class GroupUrl {

	private GroupUrl() {
	}

	/**
	 * The URL to use.
	 * @param group the group's name
	 * @param configured its configured URL
	 * @return the base URL, or {@code null} where the group is not load-balanced
	 */
	public static @Nullable String of(String group, @Nullable String configured) {
		if (configured == null) {
			return "http://" + group;
		}
		URI url = URI.create(configured);
		return "lb".equalsIgnoreCase(url.getScheme()) ? "http" + configured.substring(2) : null;
	}

}
