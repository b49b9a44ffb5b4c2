package io.meshup.cli.registry;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How one proves who one is. Immutable; its text never holds the secret.
 */
public sealed interface Credentials {

	/**
	 * Adds what proves it.
	 * @param request the request to be sent
	 */
	void addTo(HttpRequest.Builder request);

	/**
	 * What this is, for messages.
	 * @return for example {@code the token of MESH_TOKEN_API}
	 */
	String origin();

	/**
	 * Nothing.
	 */
	record None() implements Credentials {

		@Override
		public void addTo(HttpRequest.Builder request) {
			// Nobody in particular.
		}

		@Override
		public String origin() {
			return "no credentials";
		}

	}

	/**
	 * A user with a password.
	 *
	 * @param user the user
	 * @param password the password
	 * @param origin where it is from
	 */
	record Password(String user, String password, String origin) implements Credentials {

		@Override
		public void addTo(HttpRequest.Builder request) {
			byte[] both = (this.user + ":" + this.password).getBytes(StandardCharsets.UTF_8);
			request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
		}

		@Override
		public String toString() {
			return this.origin;
		}

	}

	/**
	 * An API token.
	 *
	 * @param token the token
	 * @param origin where it is from
	 */
	record Token(String token, String origin) implements Credentials {

		@Override
		public void addTo(HttpRequest.Builder request) {
			request.header("Authorization", "Bearer " + this.token);
		}

		@Override
		public String toString() {
			return this.origin;
		}

	}

	/**
	 * A session as the dashboard has one.
	 *
	 * @param cookie the cookie, with its name
	 * @param csrf what the registry wants beside it
	 * @param origin where it is from
	 */
	record Session(String cookie, String csrf, String origin) implements Credentials {

		@Override
		public void addTo(HttpRequest.Builder request) {
			request.header("Cookie", this.cookie).header("x-mesh-csrf", this.csrf);
		}

		@Override
		public String toString() {
			return this.origin;
		}

	}

}
