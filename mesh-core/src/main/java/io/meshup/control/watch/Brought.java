package io.meshup.control.watch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.meshup.model.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * What the present line was asked for, and what of it has come. Not thread-safe.
 */
final class Brought {

	private final Set<String> services = new HashSet<>();

	private boolean all;

	private boolean synced;

	private @Nullable List<String> asked;

	/**
	 * A line is open.
	 * @param line what it was asked for
	 * @param resumed whether it goes on where the last one ended
	 */
	void begin(List<String> line, boolean resumed) {
		this.asked = line;
		this.synced = false;
		this.all = line.contains(ServiceName.MESH_WIDE);
		if (!resumed) {
			this.services.clear();
		}
		this.services.removeIf((service) -> !isOnLine(service));
	}

	void add(String service) {
		this.services.add(service);
	}

	void remove(String service) {
		this.services.remove(service);
	}

	void clear() {
		this.services.clear();
	}

	/**
	 * The line has brought all that there is.
	 * @param partial whether the registry may not know everybody yet
	 */
	void synced(boolean partial) {
		this.synced = !partial;
	}

	/**
	 * Whether the registry has said what it knows of a service, which may be nothing.
	 * @param service any name
	 * @return {@code false} while its word is still awaited
	 */
	boolean isTold(String service) {
		return this.services.contains(service) || (this.synced && isOnLine(service));
	}

	/**
	 * Whether a line for these services can go on where this one ends.
	 * @param wanted what it is to be asked for
	 * @return {@code false} when all are wanted, but only some came
	 */
	boolean canResume(List<String> wanted) {
		return this.all || !wanted.contains(ServiceName.MESH_WIDE);
	}

	/**
	 * Of some services those that have not come yet.
	 * @param wanted what the next line is to be asked for
	 * @return none where all come anyway
	 */
	List<String> missing(List<String> wanted) {
		return this.all ? List.of() : wanted.stream().filter((service) -> !this.services.contains(service)).toList();
	}

	boolean isAll(List<String> wanted) {
		return wanted.equals(this.asked);
	}

	// The silence of a line about what it was not asked for says nothing.
	boolean isOnLine(String service) {
		return this.all || service.equals(ServiceName.MESH_WIDE)
				|| (this.asked != null && this.asked.contains(service));
	}

}
