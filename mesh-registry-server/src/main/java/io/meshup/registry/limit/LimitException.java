package io.meshup.registry.limit;

import java.util.List;

/**
 * Limits are set to what they cannot be.
 */
public final class LimitException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	LimitException(List<String> wrong) {
		super(String.join(System.lineSeparator(), wrong));
	}

}
