package io.meshup.registry.security;

/**
 * A text that is never printed.
 *
 * @param value the text
 */
record Secret(String value) {

	@Override
	public String toString() {
		return "***";
	}

}
