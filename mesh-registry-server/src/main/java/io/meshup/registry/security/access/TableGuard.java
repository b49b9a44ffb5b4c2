package io.meshup.registry.security.access;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;

/**
 * Looks a call up in the table by a plain loop: as a chain of some fifty reactive
 * matchers of Spring Security it was a large part of what a call cost. Thread-safe.
 */
final class TableGuard implements ReactiveAuthorizationManager<AuthorizationContext> {

	private final List<Door> doors;

	private final Door otherwise;

	/**
	 * Makes a guard.
	 * @param doors the first one that a call is for decides
	 * @param otherwise decides when there is none
	 */
	TableGuard(List<Door> doors, Door otherwise) {
		this.doors = List.copyOf(doors);
		this.otherwise = otherwise;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> who, AuthorizationContext context) {
		ServerHttpRequest request = context.getExchange().getRequest();
		return door(request).guard().authorize(who, context);
	}

	private Door door(ServerHttpRequest request) {
		PathContainer path = request.getPath().pathWithinApplication();
		for (Door door : this.doors) {
			if (door.isFor(request.getMethod(), path)) {
				return door;
			}
		}
		return this.otherwise;
	}

}
