package io.meshup.registry.rule.diff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Finds where two trees differ. Lists are compared after what they have in common at
 * their beginning and end, so that an inserted rule is one difference.
 */
public final class TreeDiff {

	/**
	 * No more differences than this are told; people read them.
	 */
	public static final int MOST = 500;

	private final List<Difference> differences = new ArrayList<>();

	private TreeDiff() {
	}

	/**
	 * Compares two trees.
	 * @param from the one before
	 * @param to the one after
	 * @param path where they are
	 * @return at most {@link #MOST} differences, in the order of the documents
	 */
	public static List<Difference> between(JsonNode from, JsonNode to, String path) {
		TreeDiff diff = new TreeDiff();
		diff.compare(from, to, path);
		return List.copyOf(diff.differences);
	}

	private void compare(JsonNode from, JsonNode to, String path) {
		if (this.differences.size() >= MOST || from.equals(to)) {
			return;
		}
		if (from.isObject() && to.isObject()) {
			objects(from, to, path);
		}
		else if (from.isArray() && to.isArray()) {
			arrays(from, to, path);
		}
		else if (from.isMissingNode()) {
			this.differences.add(new Difference("add", path, null, to));
		}
		else if (to.isMissingNode()) {
			this.differences.add(new Difference("remove", path, from, null));
		}
		else {
			this.differences.add(new Difference("replace", path, from, to));
		}
	}

	private void objects(JsonNode from, JsonNode to, String path) {
		Set<String> names = new LinkedHashSet<>(from.propertyNames());
		names.addAll(to.propertyNames());
		for (String name : names) {
			compare(from.path(name), to.path(name), path + "/" + name.replace("~", "~0").replace("/", "~1"));
		}
	}

	private void arrays(JsonNode from, JsonNode to, String path) {
		int least = Math.min(from.size(), to.size());
		int start = 0;
		while (start < least && from.path(start).equals(to.path(start))) {
			start++;
		}
		int end = 0;
		while (end < least - start && from.path(from.size() - 1 - end).equals(to.path(to.size() - 1 - end))) {
			end++;
		}
		int pairs = least - end;
		for (int i = start; i < pairs; i++) {
			compare(from.path(i), to.path(i), path + "/" + i);
		}
		for (int i = Math.max(start, pairs); i < from.size() - end; i++) {
			compare(from.path(i), to.path(to.size()), path + "/" + i);
		}
		for (int i = Math.max(start, pairs); i < to.size() - end; i++) {
			compare(from.path(from.size()), to.path(i), path + "/" + i);
		}
	}

}
