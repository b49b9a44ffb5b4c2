package io.meshup.model;

/**
 * Root of the mesh's own exceptions. Names the service that the failed action was about.
 */
public class MeshException extends RuntimeException {

	private final String service;

	public MeshException(String service, String message) {
		super(message);
		this.service = service;
	}

	public MeshException(String service, String message, Throwable cause) {
		super(message, cause);
		this.service = service;
	}

	/**
	 * The service that the failed action was about.
	 * @return its name, or an empty text where no service was involved
	 */
	public final String service() {
		return this.service;
	}

}
