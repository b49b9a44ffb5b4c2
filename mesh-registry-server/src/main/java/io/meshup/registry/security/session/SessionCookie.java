package io.meshup.registry.security.session;

import java.time.Duration;
import java.util.Optional;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The cookie of a session: {@code __Host-mesh} over TLS, {@code mesh} over plain HTTP.
 */
public final class SessionCookie {

	private SessionCookie() {
	}

	public static Optional<String> read(ServerHttpRequest request) {
		return Optional.ofNullable(request.getCookies().getFirst(name(request))).map(HttpCookie::getValue);
	}

	static ResponseCookie with(ServerHttpRequest request, String value) {
		return cookie(request, value).build();
	}

	static ResponseCookie cleared(ServerHttpRequest request) {
		return cookie(request, "").maxAge(Duration.ZERO).build();
	}

	private static ResponseCookie.ResponseCookieBuilder cookie(ServerHttpRequest request, String value) {
		return ResponseCookie.from(name(request), value)
			.httpOnly(true)
			.sameSite("Strict")
			.secure(isSecure(request))
			.path("/");
	}

	private static String name(ServerHttpRequest request) {
		return isSecure(request) ? "__Host-mesh" : "mesh";
	}

	private static boolean isSecure(ServerHttpRequest request) {
		return request.getSslInfo() != null;
	}

}
