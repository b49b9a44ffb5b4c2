package io.meshup.registry.security;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The registry's credentials, where they are not the ones made at its first start.
 *
 * @param adminPassword password of the user {@code admin}, at least 8 characters
 * @param adminPasswordFile file with that password
 * @param joinToken what participants send, at least 8 characters
 * @param joinTokenFile file with that token
 */
@ConfigurationProperties("mesh.registry.security")
record SecuritySettings(@Nullable String adminPassword, @Nullable Path adminPasswordFile, @Nullable String joinToken,
		@Nullable Path joinTokenFile) {

	@Override
	public String toString() {
		return "SecuritySettings[***]";
	}

}
