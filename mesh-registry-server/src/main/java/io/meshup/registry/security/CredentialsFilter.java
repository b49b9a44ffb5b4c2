package io.meshup.registry.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.security.credential.JoinToken;
import io.meshup.registry.security.password.Passwords;
import io.meshup.registry.security.session.ClientAddress;
import io.meshup.registry.security.session.Session;
import io.meshup.registry.security.session.SessionCookie;
import io.meshup.registry.security.session.Sessions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Finds out who asks: a participant by the join token, the administrator by password or
 * session. Whoever shows nothing goes on as nobody; whoever shows something wrong is
 * refused here. A state change by cookie needs the session's CSRF token too.
 */
final class CredentialsFilter implements WebFilter {

	static final String CSRF_HEADER = "x-mesh-csrf";

	static final String PARTICIPANT = "PARTICIPANT";

	static final String ADMIN = "ADMIN";

	private final JoinToken joinToken;

	private final Passwords passwords;

	private final Sessions sessions;

	CredentialsFilter(JoinToken joinToken, Passwords passwords, Sessions sessions) {
		this.joinToken = joinToken;
		this.passwords = passwords;
		this.sessions = sessions;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (SecurityConfiguration.isOpen(request)) {
			return chain.filter(exchange);
		}
		return authenticate(request).map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((found) -> found.map(
					(who) -> chain.filter(exchange).contextWrite(ReactiveSecurityContextHolder.withAuthentication(who)))
				.orElseGet(() -> chain.filter(exchange)));
	}

	private Mono<Authentication> authenticate(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		if (header == null) {
			return Mono.fromCallable(() -> bySession(request));
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
		return this.joinToken.matches(token) ? Mono.just(as("participant", PARTICIPANT, null)) : Mono.error(refused());
	}

	private Mono<Authentication> byPassword(String encoded, String address) {
		String[] parts = decode(encoded).split(":", 2);
		if (parts.length != 2) {
			return Mono.error(refused());
		}
		return this.passwords.check(parts[0], parts[1], address)
			.flatMap((isRight) -> isRight ? Mono.just(as(parts[0], ADMIN, null)) : Mono.error(refused()));
	}

	private @Nullable Authentication bySession(ServerHttpRequest request) {
		Session session = SessionCookie.read(request).flatMap(this.sessions::find).orElse(null);
		if (session == null) {
			return null;
		}
		if (!isRead(request) && !hasToken(request, session)) {
			throw ApiProblem.of(HttpStatus.FORBIDDEN, "A change by a signed-in session needs the header '" + CSRF_HEADER
					+ "' with the value of 'csrf' from GET /api/v1/session.");
		}
		return as(session.user(), ADMIN, session);
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

	private static Authentication as(String name, String role, @Nullable Session session) {
		UsernamePasswordAuthenticationToken who = UsernamePasswordAuthenticationToken.authenticated(name, null,
				AuthorityUtils.createAuthorityList("ROLE_" + role));
		who.setDetails(session);
		return who;
	}

	private static ApiProblem refused() {
		return SecurityConfiguration.unauthorized("The credentials that were sent are not valid.");
	}

}
