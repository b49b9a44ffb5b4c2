package io.meshup.gateway.direct;

import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * What handlers beside the gateway answer: controllers, the actuator. Stateless.
 */
final class HandledPaths {

	private HandledPaths() {
	}

	/**
	 * The first segments of all paths that a mapping may handle.
	 * @param mapping the mapping
	 * @return nothing where that cannot be told
	 */
	static Optional<Stream<String>> segments(HandlerMapping mapping) {
		if (mapping instanceof RouterFunctionMapping functions) {
			return (functions.getRouterFunction() == null) ? Optional.of(Stream.empty()) : Optional.empty();
		}
		if (!(mapping instanceof RequestMappingInfoHandlerMapping methods)) {
			return Optional.empty();
		}
		Stream<PathPattern> patterns = methods.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap((info) -> info.getPatternsCondition().getPatterns().stream());
		var segments = patterns.map((pattern) -> first(pattern.getPatternString())).toList();
		return segments.stream().allMatch(HandledPaths::isLiteral) ? Optional.of(segments.stream()) : Optional.empty();
	}

	private static String first(String pattern) {
		String path = pattern.startsWith("/") ? pattern.substring(1) : pattern;
		int end = path.indexOf('/');
		return (end < 0) ? path : path.substring(0, end);
	}

	private static boolean isLiteral(String segment) {
		return segment.chars().noneMatch((letter) -> letter == '{' || letter == '*' || letter == '?');
	}

}
