package io.meshup.registry.security.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody may do. An operator may what a viewer may, an admin may everything.
 */
public enum Role {

	/**
	 * Registers, leaves and watches; nothing else.
	 */
	PARTICIPANT,

	/**
	 * Reads everything but the audit log.
	 */
	VIEWER,

	/**
	 * Writes rules and drains, too.
	 */
	OPERATOR,

	/**
	 * Everything.
	 */
	ADMIN;

	/**
	 * Reads a role that a person can have.
	 * @param word its word, such as {@code viewer}
	 * @return the role, or empty when people cannot have it
	 */
	public static Optional<Role> ofPerson(String word) {
		return Arrays.stream(values()).filter((role) -> role != PARTICIPANT && role.word().equals(word)).findFirst();
	}

	/**
	 * Its word.
	 * @return for example {@code viewer}
	 */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean includes(Role least) {
		return this == ADMIN || (this != PARTICIPANT && least != PARTICIPANT && compareTo(least) >= 0) || this == least;
	}

}
