package io.meshup.registry.security.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.model.MeshJson;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.security.access.Role;
import io.meshup.registry.security.credential.Secret;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.MeshStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

/**
 * The API tokens. A token is 256 random bits, which nobody can guess or count through, so
 * a plain SHA-256 of it is enough: a slow hash protects what people choose. Thread-safe.
 */
public final class ApiTokens {

	static final String TYPE = "token";

	static final String PREFIX = "mesh_";

	private static final int BYTES = 32;

	private static final int LENGTH = PREFIX.length() + (BYTES * 8 + 5) / 6;

	private final SecureRandom random = new SecureRandom();

	private final Set<String> making = ConcurrentHashMap.newKeySet();

	private final MeshStore store;

	private final RegistryLimits limits;

	private final InstantSource clock;

	public ApiTokens(MeshStore store, RegistryLimits limits, InstantSource clock) {
		this.store = store;
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * Finds the token that a request shows.
	 * @param secret what it shows
	 * @return the token, or empty when there is none or it is over
	 */
	public Optional<ApiToken> find(String secret) {
		if (!secret.startsWith(PREFIX)) {
			return Optional.empty();
		}
		byte[] hash = hash(secret).getBytes(StandardCharsets.US_ASCII);
		Instant now = this.clock.instant();
		return this.store.facts(TYPE)
			.values()
			.stream()
			.filter((fact) -> MessageDigest.isEqual(hash,
					fact.content().path("sha256").asString("").getBytes(StandardCharsets.US_ASCII)))
			.map(ApiToken::of)
			.filter((token) -> !token.isOver(now))
			.findFirst();
	}

	/**
	 * Finds a token that is not known here, but was perhaps made at another node a moment
	 * ago.
	 * @param secret what a request shows
	 * @return the token, or empty when no node knows it
	 */
	public Mono<ApiToken> findElsewhere(String secret) {
		if (!secret.startsWith(PREFIX) || secret.length() != LENGTH) {
			return Mono.empty();
		}
		return this.store.caughtUp().then(Mono.defer(() -> Mono.justOrEmpty(find(secret))));
	}

	List<ApiToken> all() {
		return this.store.facts(TYPE).values().stream().map(ApiToken::of).toList();
	}

	/**
	 * Makes a token.
	 * @param name its name
	 * @param role what it may do
	 * @param expiresAt until when, or {@code null}
	 * @param author who makes it
	 * @return its secret, which is known at this moment only
	 */
	Mono<Secret> make(String name, Role role, @Nullable Instant expiresAt, String author) {
		return Mono.defer(() -> {
			if (!this.making.add(name)) {
				return Mono.error(isThere(name));
			}
			Map<String, Fact> present = this.store.facts(TYPE);
			if (present.containsKey(name)) {
				this.making.remove(name);
				return Mono.error(isThere(name));
			}
			if (present.size() >= this.limits.apiTokens()) {
				this.making.remove(name);
				return Mono.error(ApiProblem.of(HttpStatus.CONFLICT,
						"There must be at most " + this.limits.apiTokens()
								+ " tokens (mesh.registry.limits.api-tokens) and there are " + present.size()
								+ " already. Nothing was changed; delete one first."));
			}
			Secret secret = secret();
			ObjectNode content = MeshJson.mapper().createObjectNode().put("role", role.word());
			content.put("createdAt", this.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
			if (expiresAt != null) {
				content.put("expiresAt", expiresAt.toString());
			}
			content.put("sha256", hash(secret.value()));
			return this.store.keep(List.of(new Fact(TYPE, name, author, content)))
				.thenReturn(secret)
				.doFinally((end) -> this.making.remove(name));
		});
	}

	Mono<Void> end(String name, String author) {
		return Mono.defer(
				() -> this.store.facts(TYPE).containsKey(name) ? this.store.keep(List.of(Fact.over(TYPE, name, author)))
						: Mono.error(ApiProblem.of(HttpStatus.NOT_FOUND, "There is no token '" + name + "'.")));
	}

	int nameLength() {
		return this.limits.nameLength();
	}

	Instant now() {
		return this.clock.instant();
	}

	private Secret secret() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	private static ApiProblem isThere(String name) {
		return ApiProblem.of(HttpStatus.CONFLICT, "There is a token '" + name
				+ "' already. Nothing was changed; take another name or delete that one first.");
	}

	private static String hash(String secret) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is part of every Java platform", ex);
		}
	}

}
