package io.meshup.registry.security.credential;

/**
 * A text that is never printed.
 *
 * @param value the text
 */
public record Secret(String value) {

	@Override
	public String toString() {
		return "***";
	}

}
