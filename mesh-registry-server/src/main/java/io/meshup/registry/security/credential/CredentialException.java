package io.meshup.registry.security.credential;

/**
 * A credential that the registry cannot start with.
 */
public final class CredentialException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	public CredentialException(String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
