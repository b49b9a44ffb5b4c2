package io.meshup.registry.security;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.meshup.registry.security.access.Role;
import io.meshup.registry.security.access.Roles;
import io.meshup.registry.security.credential.CredentialException;
import io.meshup.registry.security.credential.CredentialFiles;
import io.meshup.registry.security.credential.Secret;

/**
 * Who can sign in: the user {@code admin} and those of the settings.
 *
 * @param passwords password by user
 * @param roles role by user
 */
record Accounts(Map<String, Secret> passwords, Roles roles) {

	static Accounts of(SecuritySettings settings, Path directory) {
		CredentialFiles files = new CredentialFiles(directory);
		Map<String, Secret> passwords = new HashMap<>();
		Map<String, Role> roles = new HashMap<>();
		passwords.put(Roles.ADMIN,
				files.find("admin-password", settings.adminPassword(), settings.adminPasswordFile()));
		roles.put(Roles.ADMIN, Role.ADMIN);
		settings.users().forEach((name, user) -> {
			check(name, user);
			passwords.put(name, files.find("users." + name + ".password", user.password(), user.passwordFile()));
			roles.put(name, user.role());
		});
		return new Accounts(Map.copyOf(passwords), new Roles(Map.copyOf(roles)));
	}

	private static void check(String name, SecuritySettings.User user) {
		String setting = "mesh.registry.security.users." + name;
		if (name.equals(Roles.ADMIN)) {
			throw new CredentialException("The user 'admin' cannot be set under '" + setting + "'.",
					"Use mesh.registry.security.admin-password or admin-password-file.");
		}
		if ((user.password() == null || user.password().isBlank()) && user.passwordFile() == null) {
			throw new CredentialException("The user '" + name + "' has no password.",
					"Set " + setting + ".password-file (or .password), or remove the user.");
		}
		if (user.role() == Role.PARTICIPANT) {
			throw new CredentialException("The user '" + name + "' has the role 'participant'.",
					"Set " + setting + ".role to viewer, operator or admin.");
		}
	}

}
