package io.meshup.registry.security;

import java.nio.file.Path;
import java.util.Map;

import io.meshup.registry.security.access.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The registry's credentials, where they are not the ones made at its first start.
 *
 * @param adminPassword password of the user {@code admin}, at least 8 characters
 * @param adminPasswordFile file with that password
 * @param joinToken what participants send, at least 8 characters
 * @param joinTokenFile file with that token
 * @param users further users by name
 */
@ConfigurationProperties("mesh.registry.security")
record SecuritySettings(@Nullable String adminPassword, @Nullable Path adminPasswordFile, @Nullable String joinToken,
		@Nullable Path joinTokenFile, @DefaultValue Map<String, User> users) {

	@Override
	public String toString() {
		return "SecuritySettings[***]";
	}

	/**
	 * A further user.
	 *
	 * @param password the password, at least 8 characters
	 * @param passwordFile file with that password
	 * @param role {@code viewer}, {@code operator} or {@code admin}
	 */
	record User(@Nullable String password, @Nullable Path passwordFile, @DefaultValue("viewer") Role role) {

		@Override
		public String toString() {
			return "User[***]";
		}

	}

}
