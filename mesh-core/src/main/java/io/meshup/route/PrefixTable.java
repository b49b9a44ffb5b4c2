package io.meshup.route;

import java.util.Arrays;
import java.util.Map;

import io.meshup.route.match.RouteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds all prefixes of whole segments that a path has in one walk over it, without
 * making texts. Immutable.
 */
final class PrefixTable {

	private static final Entry[] EMPTY = {};

	private final Entry[][] slots;

	private final int longest;

	PrefixTable(Map<String, RuleBucket> prefixes) {
		int size = Integer.highestOneBit(Math.max(1, prefixes.size())) * 2;
		Entry[][] filled = new Entry[size][];
		Arrays.fill(filled, EMPTY);
		int most = 0;
		for (Map.Entry<String, RuleBucket> prefix : prefixes.entrySet()) {
			int slot = slot(prefix.getKey().hashCode(), size);
			Entry[] longer = Arrays.copyOf(filled[slot], filled[slot].length + 1);
			longer[longer.length - 1] = new Entry(prefix.getKey(), prefix.getValue());
			filled[slot] = longer;
			most = Math.max(most, prefix.getKey().length());
		}
		this.slots = filled;
		this.longest = most;
	}

	/**
	 * Finds the first rule that matches.
	 * @param request the request
	 * @param source the calling service
	 * @param limit a rule that is known to match
	 * @return the index of a rule before that, or the limit
	 */
	int first(RouteRequest request, String source, int limit) {
		String path = request.path();
		int best = limit;
		int hash = 0;
		int end = Math.min(path.length(), this.longest);
		for (int i = 0; i <= end; i++) {
			char next = (i < path.length()) ? path.charAt(i) : '/';
			if (next == '/' && i > 0) {
				Entry entry = find(path, i, hash);
				best = (entry != null) ? entry.bucket.first(request, source, best) : best;
			}
			hash = 31 * hash + next;
		}
		return best;
	}

	private @Nullable Entry find(String path, int length, int hash) {
		for (Entry entry : this.slots[slot(hash, this.slots.length)]) {
			if (entry.prefix.length() == length && path.startsWith(entry.prefix)) {
				return entry;
			}
		}
		return null;
	}

	// The hash of a text, as String has it, spread over the slots.
	private static int slot(int hash, int size) {
		return (hash ^ (hash >>> 16)) & (size - 1);
	}

	private record Entry(String prefix, RuleBucket bucket) {
	}

}
