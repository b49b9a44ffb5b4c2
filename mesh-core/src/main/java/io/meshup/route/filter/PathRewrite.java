package io.meshup.route.filter;

import java.util.List;

import io.meshup.model.rule.filter.PathModifier;
import io.meshup.model.rule.match.MatchType;
import io.meshup.model.rule.match.PathMatch;
import io.meshup.model.rule.match.RouteMatch;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the path of a request that matched. Immutable.
 */
final class PathRewrite {

	private static final PathRewrite SAME = new PathRewrite(null, List.of());

	private final @Nullable PathModifier modifier;

	// The prefixes by which the rule can have matched, without a slash at the end.
	private final List<String> prefixes;

	private PathRewrite(@Nullable PathModifier modifier, List<String> prefixes) {
		this.modifier = modifier;
		this.prefixes = prefixes;
	}

	static PathRewrite of(@Nullable PathModifier modifier, List<RouteMatch> matches) {
		if (modifier == null) {
			return SAME;
		}
		return new PathRewrite(modifier,
				matches.stream()
					.map(RouteMatch::path)
					.filter((path) -> path.type() == MatchType.PATH_PREFIX)
					.map(PathMatch::value)
					.map((value) -> value.endsWith("/") ? value.substring(0, value.length() - 1) : value)
					.toList());
	}

	// Returns the path as it is sent: the same object where nothing changes.
	String apply(String path) {
		PathModifier change = this.modifier;
		if (change == null) {
			return path;
		}
		if (change.type() == PathModifier.Type.REPLACE_FULL_PATH) {
			return change.replaceFullPath();
		}
		String with = change.replacePrefixMatch();
		String prefix = matched(path);
		String rest = path.substring(prefix.length());
		if (rest.isEmpty()) {
			return with;
		}
		return (with.endsWith("/") ? with.substring(0, with.length() - 1) : with) + rest;
	}

	// The longest of the rule's prefixes that the path has; none is the empty one.
	private String matched(String path) {
		String longest = "";
		for (String prefix : this.prefixes) {
			boolean has = path.startsWith(prefix)
					&& (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
			longest = (has && prefix.length() > longest.length()) ? prefix : longest;
		}
		return longest;
	}

}
