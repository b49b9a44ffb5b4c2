package io.meshup.registry.lease.instance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The lines that end at this node. Changed by the table's one writer, read by any thread.
 */
public final class OpenLines {

	private final Map<LeaseKey, List<Line>> lines = new ConcurrentHashMap<>();

	public void add(Line line) {
		this.lines.computeIfAbsent(line.key(), (key) -> new CopyOnWriteArrayList<>()).add(line);
	}

	/**
	 * Forgets a line.
	 * @param line the line
	 * @return whether it was known
	 */
	public boolean remove(Line line) {
		List<Line> left = this.lines.getOrDefault(line.key(), List.of());
		if (!left.remove(line)) {
			return false;
		}
		if (left.isEmpty()) {
			this.lines.remove(line.key());
		}
		return true;
	}

	public boolean isHeldBy(LeaseKey key, String incarnation) {
		return this.lines.getOrDefault(key, List.of()).stream().anyMatch((line) -> line.isOf(incarnation));
	}

	/**
	 * The services that an instance watches here.
	 * @param key the instance
	 * @return {@code null} when it has no line here
	 */
	public @Nullable Set<String> watched(LeaseKey key) {
		List<Line> open = this.lines.get(key);
		return (open != null) ? open.stream().flatMap((line) -> line.services().stream()).collect(Collectors.toSet())
				: null;
	}

	public int count() {
		return this.lines.values().stream().mapToInt(List::size).sum();
	}

	public void each(BiConsumer<LeaseKey, List<Line>> visitor) {
		this.lines.forEach(visitor);
	}

}
