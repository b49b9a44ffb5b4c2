package io.meshup.registry.security.session;

import java.util.function.LongSupplier;

import io.meshup.registry.security.access.Role;
import io.meshup.registry.security.access.Roles;
import io.meshup.registry.security.password.Passwords;
import io.meshup.registry.store.AuditLog;
import reactor.core.publisher.Mono;

/**
 * Lets users in by their passwords, and notes who was let in and who was not.
 * Thread-safe.
 */
public final class SignIns {

	private final Passwords passwords;

	private final Roles roles;

	private final SignInLog log;

	public SignIns(Passwords passwords, Roles roles, AuditLog audit, LongSupplier nanoClock) {
		this.passwords = passwords;
		this.roles = roles;
		this.log = new SignInLog(audit::record, nanoClock);
	}

	/**
	 * Checks a password.
	 * @param user the user
	 * @param password the password
	 * @param address where the try comes from
	 * @return the user's role, or empty when the user or the password is wrong; fails
	 * with 429 after too many tries
	 */
	public Mono<Role> check(String user, String password, String address) {
		return this.passwords.check(user, password, address).flatMap((isRight) -> {
			if (!isRight) {
				this.log.failed(user, address);
				return Mono.empty();
			}
			return Mono.just(this.roles.of(user));
		});
	}

	/**
	 * The role of a user who has signed in.
	 * @param user the user
	 * @return the role
	 */
	public Role role(String user) {
		return this.roles.of(user);
	}

	void began(String user, String address) {
		this.log.succeeded(user, address);
	}

}
