package io.meshup.registry.security.access;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorityReactiveAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who is let through to some paths.
 *
 * @param method the method, or {@code null} for any
 * @param path the paths
 * @param guard decides
 */
record Door(@Nullable HttpMethod method, PathPattern path, ReactiveAuthorizationManager<AuthorizationContext> guard) {

	/**
	 * A door for everybody.
	 * @param method the method, or {@code null} for any
	 * @param pattern the paths
	 * @return the door
	 */
	static Door open(@Nullable HttpMethod method, String pattern) {
		return new Door(method, parsed(pattern), (who, context) -> Mono.just(new AuthorizationDecision(true)));
	}

	/**
	 * A door for some roles.
	 * @param method the method, or {@code null} for any
	 * @param pattern the paths
	 * @param roles any of these is enough
	 * @return the door
	 */
	static Door of(@Nullable HttpMethod method, String pattern, String... roles) {
		return new Door(method, parsed(pattern), AuthorityReactiveAuthorizationManager.hasAnyRole(roles));
	}

	private static PathPattern parsed(String pattern) {
		return PathPatternParser.defaultInstance.parse(pattern);
	}

	boolean isFor(HttpMethod asked, PathContainer target) {
		return (this.method == null || this.method.equals(asked)) && this.path.matches(target);
	}

}
