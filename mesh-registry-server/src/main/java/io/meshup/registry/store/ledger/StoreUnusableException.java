package io.meshup.registry.store.ledger;

import java.nio.file.Path;

import io.meshup.registry.problem.ApiProblem;
import org.jspecify.annotations.Nullable;

/**
 * The data directory cannot be used, so the registry must not start: a damaged file is
 * never read as something else.
 */
public final class StoreUnusableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Path file;

	private final String action;

	StoreUnusableException(Path file, String happened, String action, @Nullable Throwable cause) {
		super(happened, cause);
		this.file = file;
		this.action = action;
	}

	static StoreUnusableException damaged(Path file, String finding, @Nullable Throwable cause) {
		return new StoreUnusableException(file, "The registry's store '" + file + "' is damaged: " + finding + ".",
				"Nothing was changed. Put a backup of '" + file + "' in its place; or, to begin without any rules, "
						+ "move the file away. Check the disk before that.",
				cause);
	}

	public static StoreUnusableException readOnly(Path file, ApiProblem problem) {
		return new StoreUnusableException(file,
				"The registry's store '" + file + "' cannot be written to. " + problem.detail(),
				"Free some space, or let the registry's user write to '" + file + "' and its directory; where both "
						+ "are so already, the file is damaged: put a backup in its place.",
				problem);
	}

	/**
	 * The file or directory that cannot be used.
	 * @return its path
	 */
	public Path file() {
		return this.file;
	}

	/**
	 * What to do.
	 * @return a sentence for the operator
	 */
	public String action() {
		return this.action;
	}

}
