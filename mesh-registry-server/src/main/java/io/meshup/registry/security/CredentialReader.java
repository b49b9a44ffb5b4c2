package io.meshup.registry.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.security.access.Role;
import io.meshup.registry.security.credential.JoinToken;
import io.meshup.registry.security.session.ClientAddress;
import io.meshup.registry.security.session.Session;
import io.meshup.registry.security.session.SessionCookie;
import io.meshup.registry.security.session.Sessions;
import io.meshup.registry.security.session.SignIns;
import io.meshup.registry.security.token.ApiTokens;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Finds out who asks: a participant by the join token, an operator by an API token, a
 * password or a session. A state change by cookie needs the session's CSRF token too.
 */
final class CredentialReader {

	static final String CSRF_HEADER = "x-mesh-csrf";

	private final JoinToken joinToken;

	private final ApiTokens apiTokens;

	private final SignIns signIns;

	private final Sessions sessions;

	CredentialReader(JoinToken joinToken, ApiTokens apiTokens, SignIns signIns, Sessions sessions) {
		this.joinToken = joinToken;
		this.apiTokens = apiTokens;
		this.signIns = signIns;
		this.sessions = sessions;
	}

	/**
	 * Finds out who asks.
	 * @param request the request
	 * @return who, or empty when it shows nothing; fails when it shows something wrong
	 */
	Mono<Authentication> read(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		if (header == null) {
			return session(request).map((session) -> bySession(request, session));
		}
		String[] parts = header.split(" ", 2);
		String value = (parts.length == 2) ? parts[1].strip() : "";
		return switch (parts[0].toLowerCase(Locale.ROOT)) {
			case "bearer" -> byToken(value);
			case "basic" -> byPassword(value, ClientAddress.of(request));
			default -> Mono.error(refused());
		};
	}

	private Mono<Authentication> byToken(String token) {
		if (this.joinToken.matches(token)) {
			return Mono.just(as("participant", Role.PARTICIPANT, null));
		}
		return Mono.justOrEmpty(this.apiTokens.find(token))
			.switchIfEmpty(this.apiTokens.findElsewhere(token))
			.map((found) -> as(found.principal(), found.asRole(), null))
			.switchIfEmpty(Mono.error(CredentialReader::refused));
	}

	private Mono<Authentication> byPassword(String encoded, String address) {
		String[] parts = decode(encoded).split(":", 2);
		if (parts.length != 2) {
			return Mono.error(refused());
		}
		return this.signIns.check(parts[0], parts[1], address)
			.map((role) -> as(parts[0], role, null))
			.switchIfEmpty(Mono.error(CredentialReader::refused));
	}

	private Mono<Session> session(ServerHttpRequest request) {
		return Mono.justOrEmpty(SessionCookie.read(request))
			.flatMap((id) -> Mono.justOrEmpty(this.sessions.find(id)).switchIfEmpty(this.sessions.findElsewhere(id)));
	}

	private Authentication bySession(ServerHttpRequest request, Session session) {
		if (!isRead(request) && !hasToken(request, session)) {
			throw ApiProblem.of(HttpStatus.FORBIDDEN, "A change by a signed-in session needs the header '" + CSRF_HEADER
					+ "' with the value of 'csrf' from GET /api/v1/session.");
		}
		return as(session.user(), this.signIns.role(session.user()), session);
	}

	private static boolean isRead(ServerHttpRequest request) {
		HttpMethod method = request.getMethod();
		return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS);
	}

	private static boolean hasToken(ServerHttpRequest request, Session session) {
		String token = request.getHeaders().getFirst(CSRF_HEADER);
		return token != null && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8),
				session.csrf().value().getBytes(StandardCharsets.UTF_8));
	}

	private static String decode(String encoded) {
		try {
			return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private static Authentication as(String name, Role role, @Nullable Session session) {
		UsernamePasswordAuthenticationToken who = UsernamePasswordAuthenticationToken.authenticated(name, null,
				AuthorityUtils.createAuthorityList("ROLE_" + role.name()));
		who.setDetails(session);
		return who;
	}

	private static ApiProblem refused() {
		return SecurityConfiguration.unauthorized("The credentials that were sent are not valid.");
	}

}
