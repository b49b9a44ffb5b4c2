package io.meshup.cache;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The directives of a {@code Cache-Control} header. One that is limited to some fields
 * counts as if it were not. Immutable.
 */
final class CacheControl {

	static final CacheControl NONE = new CacheControl(Map.of());

	private static final Pattern DIRECTIVE = Pattern.compile("([^=,\\s\"]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|([^,\"]*)))?");

	private static final Pattern SECONDS = Pattern.compile("[0-9]+");

	private static final int DIGITS = 9;

	private final Map<String, String> directives;

	private CacheControl(Map<String, String> directives) {
		this.directives = directives;
	}

	static CacheControl of(@Nullable String header) {
		if (header == null || header.isBlank()) {
			return NONE;
		}
		Map<String, String> directives = new HashMap<>();
		Matcher matcher = DIRECTIVE.matcher(header);
		while (matcher.find()) {
			String value = (matcher.group(2) != null) ? matcher.group(2) : matcher.group(3);
			directives.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), (value != null) ? value.strip() : "");
		}
		return new CacheControl(directives);
	}

	boolean has(String directive) {
		return this.directives.containsKey(directive);
	}

	boolean hasAny(String... directives) {
		for (String directive : directives) {
			if (has(directive)) {
				return true;
			}
		}
		return false;
	}

	// Returns -1 where the directive is not there; what cannot be read is 0, the safe
	// side.
	long seconds(String directive) {
		String value = this.directives.get(directive);
		if (value == null) {
			return -1;
		}
		if (!SECONDS.matcher(value).matches()) {
			return 0;
		}
		return (value.length() > DIGITS) ? 999_999_999 : Long.parseLong(value);
	}

}
