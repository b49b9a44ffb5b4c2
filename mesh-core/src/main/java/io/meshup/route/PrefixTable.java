package io.meshup.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds all prefixes of whole segments that a path has in one walk over it, without
 * making texts. Immutable.
 */
final class PrefixTable {

	private final Entry[][] slots;

	private final int longest;

	PrefixTable(Map<String, RuleBucket> prefixes) {
		int size = Integer.highestOneBit(Math.max(1, prefixes.size())) * 2;
		List<List<Entry>> lists = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			lists.add(new ArrayList<>());
		}
		prefixes.forEach((prefix, bucket) -> lists.get(slot(prefix.hashCode(), size)).add(new Entry(prefix, bucket)));
		this.slots = lists.stream().map((list) -> list.toArray(Entry[]::new)).toArray(Entry[][]::new);
		this.longest = prefixes.keySet().stream().mapToInt(String::length).max().orElse(0);
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
