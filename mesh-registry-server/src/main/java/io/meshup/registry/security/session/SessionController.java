package io.meshup.registry.security.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.security.credential.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Signing in, asking who one is, and signing out.
 */
@RestController
@RequestMapping("/api/v1/session")
final class SessionController {

	private final SignIns signIns;

	private final Sessions sessions;

	SessionController(SignIns signIns, Sessions sessions) {
		this.signIns = signIns;
		this.sessions = sessions;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<byte[]> signIn(@RequestBody(required = false) byte @Nullable [] body, ServerHttpRequest request,
			ServerHttpResponse response) {
		Login login = Login.read((body != null) ? body : new byte[0]);
		String address = ClientAddress.of(request);
		return this.signIns.check(login.user, login.password.value(), address)
			.switchIfEmpty(
					Mono.error(() -> ApiProblem.of(HttpStatus.UNAUTHORIZED, "The user or the password is wrong.")))
			.flatMap((role) -> {
				this.signIns.began(login.user, address);
				return over(request).onErrorComplete().then(this.sessions.begin(login.user)).map((session) -> {
					response.addCookie(SessionCookie.with(request, session.id().value()));
					return MeshJson.write(view(session.user(), role.word(), session.csrf().value()));
				});
			});
	}

	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	byte[] who(Authentication authentication) {
		String csrf = (authentication.getDetails() instanceof Session session) ? session.csrf().value() : "";
		return MeshJson.write(view(authentication.getName(), role(authentication), csrf));
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> signOut(ServerHttpRequest request, ServerHttpResponse response) {
		response.addCookie(SessionCookie.cleared(request));
		return over(request);
	}

	private Mono<Void> over(ServerHttpRequest request) {
		return SessionCookie.read(request).map(this.sessions::over).orElse(Mono.empty());
	}

	private static String role(Authentication authentication) {
		return authentication.getAuthorities()
			.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()).replaceFirst("^ROLE_", ""))
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.findFirst()
			.orElse("");
	}

	private static Map<String, String> view(String user, String role, String csrf) {
		Map<String, String> view = new LinkedHashMap<>();
		view.put("user", user);
		view.put("role", role);
		if (!csrf.isEmpty()) {
			view.put("csrf", csrf);
		}
		return view;
	}

	private record Login(String user, Secret password) {

		static Login read(byte[] body) {
			JsonNode tree = parse(body);
			List<Violation> violations = new ArrayList<>();
			String user = text(tree, "user", violations);
			String password = text(tree, "password", violations);
			if (!violations.isEmpty()) {
				throw ApiProblem.invalid(violations);
			}
			return new Login(user, new Secret(password));
		}

		private static JsonNode parse(byte[] body) {
			try {
				return MeshJson.readStrictly(body);
			}
			catch (IllegalArgumentException ex) {
				throw ApiProblem.invalid(List.of(Violation.of("", "must be JSON but does not parse")));
			}
		}

		private static String text(JsonNode tree, String name, List<Violation> violations) {
			JsonNode value = tree.path(name);
			if (!value.isString()) {
				violations.add(Violation.of("/" + name, "must be given as a text"));
				return "";
			}
			return value.asString();
		}

	}

}
