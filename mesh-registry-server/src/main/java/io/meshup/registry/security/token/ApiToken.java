package io.meshup.registry.security.token;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshup.registry.security.access.Role;
import io.meshup.registry.store.Fact;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token, its secret excepted.
 *
 * @param name unique
 * @param role what it may do
 * @param createdBy who made it
 * @param createdAt when
 * @param expiresAt until when it holds, or {@code null} for ever
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiToken(String name, String role, String createdBy, String createdAt, @Nullable String expiresAt) {

	static ApiToken of(Fact fact) {
		return new ApiToken(fact.subject(), fact.content().path("role").asString(""), fact.author(),
				fact.content().path("createdAt").asString(""),
				fact.content().has("expiresAt") ? fact.content().path("expiresAt").asString() : null);
	}

	boolean isOver(Instant now) {
		return this.expiresAt != null && !now.isBefore(Instant.parse(this.expiresAt));
	}

	/**
	 * What its bearer is called in the audit log.
	 * @return for example {@code token/ci}
	 */
	public String principal() {
		return "token/" + this.name;
	}

	/**
	 * What it may do.
	 * @return its role; the least one where it is unknown
	 */
	public Role asRole() {
		return Role.ofPerson(this.role).orElse(Role.VIEWER);
	}

}
