package io.meshup.registry.security.access;

import java.util.Map;

/**
 * The role of each user.
 *
 * @param byUser role by name
 */
public record Roles(Map<String, Role> byUser) {

	/**
	 * Who is there from the first start.
	 */
	public static final String ADMIN = "admin";

	/**
	 * The role of a user whose password was right.
	 * @param user the name
	 * @return the role
	 */
	public Role of(String user) {
		return this.byUser.getOrDefault(user, Role.VIEWER);
	}

}
