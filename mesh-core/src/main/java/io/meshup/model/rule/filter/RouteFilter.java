package io.meshup.model.rule.filter;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a rule does with its requests beside sending them on. Exactly one of the
 * components is set.
 *
 * @param requestHeaderModifier changes the request's headers
 * @param responseHeaderModifier changes the response's headers
 * @param urlRewrite changes the path
 * @param requestRedirect answers with another address
 * @param requestMirror sends a copy elsewhere
 * @param fault makes trouble on purpose
 * @param cache keeps answers
 */
public record RouteFilter(@Nullable HeaderModifier requestHeaderModifier,
		@Nullable HeaderModifier responseHeaderModifier, @Nullable UrlRewrite urlRewrite,
		@Nullable RequestRedirect requestRedirect, @Nullable RequestMirror requestMirror, @Nullable Fault fault,
		@Nullable CachePolicy cache) {

	public RouteFilter {
		long kinds = Stream
			.of(requestHeaderModifier, responseHeaderModifier, urlRewrite, requestRedirect, requestMirror, fault, cache)
			.filter(Objects::nonNull)
			.count();
		if (kinds != 1) {
			throw new IllegalArgumentException("each of 'filters' must have exactly one kind but one has " + kinds);
		}
	}

}
