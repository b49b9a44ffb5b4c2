package io.meshup.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The responses that are kept of one address, the newest first. Immutable.
 *
 * @param kept at least one
 */
record Variants(List<KeptResponse> kept) {

	/** A header with many values must not crowd out all other addresses. */
	private static final int MOST = 16;

	private static final int MOST_BYTES = 4 * 1024 * 1024;

	@Nullable KeptResponse find(RuleCache rule, CacheRequest request) {
		for (KeptResponse response : this.kept) {
			if (response.answers(rule, request)) {
				return response;
			}
		}
		return null;
	}

	// What the request says in all headers that answers are known to vary by.
	Map<String, String> values(RuleCache rule, CacheRequest request) {
		Set<String> names = new TreeSet<>();
		for (KeptResponse response : this.kept) {
			if (response.variant().isOf(rule, request)) {
				names.addAll(response.variant().values().keySet());
			}
		}
		return names.isEmpty() ? Map.of() : new TreeMap<>(request.values(names));
	}

	static Variants with(@Nullable Variants before, KeptResponse added) {
		List<KeptResponse> kept = new ArrayList<>();
		kept.add(added);
		long bytes = added.size();
		for (KeptResponse response : (before != null) ? before.kept : List.<KeptResponse>of()) {
			bytes += response.size();
			if (kept.size() < MOST && bytes <= MOST_BYTES && !response.variant().equals(added.variant())) {
				kept.add(response);
			}
		}
		return new Variants(List.copyOf(kept));
	}

	// Returns nothing where nothing is left.
	@Nullable Variants without(Predicate<KeptResponse> gone) {
		List<KeptResponse> left = this.kept.stream().filter(gone.negate()).toList();
		return left.isEmpty() ? null : new Variants(left);
	}

	int size() {
		return this.kept.stream().mapToInt(KeptResponse::size).sum();
	}

	long usefulFor(long now) {
		return this.kept.stream().mapToLong((response) -> response.usefulFor(now)).max().orElse(1);
	}

}
