package io.meshup.admin;

import java.time.Duration;
import java.util.Map;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;

/**
 * One file of the dashboard, with what a browser has to know about it.
 *
 * @param content the bytes of the file
 * @param contentType what the bytes are
 * @param etag the quoted tag of exactly these bytes
 * @param cacheControl how long a browser may keep it
 */
record Asset(byte[] content, MediaType contentType, String etag, CacheControl cacheControl) {

	private static final int TAG_LENGTH = 32;

	/** The build puts a hash of their content into the names of these files. */
	private static final String HASHED = "assets/";

	private static final Map<String, MediaType> TYPES = Map.of("html",
			MediaType.parseMediaType("text/html;charset=UTF-8"), "js",
			MediaType.parseMediaType("text/javascript;charset=UTF-8"), "css",
			MediaType.parseMediaType("text/css;charset=UTF-8"), "svg", MediaType.parseMediaType("image/svg+xml"));

	static Asset of(String name, byte[] content, String sha256) {
		CacheControl cache = name.startsWith(HASHED)
				? CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable() : CacheControl.noCache();
		return new Asset(content, typeOf(name), '"' + sha256.substring(0, TAG_LENGTH) + '"', cache);
	}

	private static MediaType typeOf(String name) {
		MediaType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
		if (type == null) {
			throw new IllegalStateException("The dashboard has a file '" + name + "' of no known type (known: "
					+ TYPES.keySet() + "). Add its content type here.");
		}
		return type;
	}

}
