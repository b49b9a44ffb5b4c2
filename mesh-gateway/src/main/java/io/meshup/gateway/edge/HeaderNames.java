package io.meshup.gateway.edge;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A few names of headers in any case, to be asked for each header of each message.
 * Immutable.
 */
final class HeaderNames {

	private final String[][] byLength;

	HeaderNames(Collection<String> names) {
		Map<Integer, List<String>> grouped = names.stream().collect(Collectors.groupingBy(String::length));
		int longest = names.stream().mapToInt(String::length).max().orElse(-1);
		this.byLength = new String[longest + 1][];
		for (int length = 0; length <= longest; length++) {
			this.byLength[length] = grouped.getOrDefault(length, List.of()).toArray(String[]::new);
		}
	}

	boolean contains(String name) {
		if (name.length() >= this.byLength.length) {
			return false;
		}
		for (String each : this.byLength[name.length()]) {
			if (each.equalsIgnoreCase(name)) {
				return true;
			}
		}
		return false;
	}

}
