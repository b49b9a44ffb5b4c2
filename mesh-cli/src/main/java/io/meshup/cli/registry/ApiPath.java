package io.meshup.cli.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A path of the API whose parts are names of people's choice. Immutable.
 *
 * @param text the path, encoded
 */
public record ApiPath(String text) {

	/**
	 * A path below {@code /api/v1}.
	 * @param segments its parts, not encoded
	 * @return the path
	 */
	public static ApiPath of(String... segments) {
		return new ApiPath(
				Arrays.stream(segments).map(ApiPath::encode).collect(Collectors.joining("/", "/api/v1/", "")));
	}

	/**
	 * The same with a parameter.
	 * @param name its name
	 * @param value its value; empty leaves it out
	 * @return another path
	 */
	public ApiPath with(String name, Object value) {
		String text = String.valueOf(value);
		if (text.isEmpty()) {
			return this;
		}
		return new ApiPath(this.text + (this.text.contains("?") ? '&' : '?') + name + "=" + encode(text));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
	}

}
