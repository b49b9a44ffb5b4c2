package io.meshup.registry.security.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.MeshStore;
import reactor.core.publisher.Mono;

/**
 * Who is signed in at any node of the registry. The store knows a session by a hash of
 * its cookie only, so that nobody who reads the store or the audit log gets in.
 * Thread-safe.
 */
final class SharedSessions {

	private static final String TYPE = "session";

	private static final Duration KEPT = Duration.ofMinutes(30);

	private static final Duration RENEWED_BELOW = Duration.ofMinutes(20);

	private final MeshStore store;

	private final InstantSource clock;

	SharedSessions(MeshStore store, InstantSource clock) {
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Lets the other nodes know of a session; what is over is tidied up.
	 * @param id the cookie's value
	 * @param user who
	 * @return completes when every node can find it
	 */
	Mono<Void> keep(String id, String user) {
		Instant now = this.clock.instant();
		List<Fact> facts = new ArrayList<>();
		this.store.facts(TYPE).forEach((subject, fact) -> {
			if (until(fact).isBefore(now)) {
				facts.add(Fact.over(TYPE, subject, fact.author()));
			}
		});
		facts.add(new Fact(TYPE, hash(id), user,
				MeshJson.mapper()
					.createObjectNode()
					.put("until", now.plus(KEPT).truncatedTo(ChronoUnit.SECONDS).toString())));
		return this.store.keep(facts);
	}

	/**
	 * Ends a session on every node.
	 * @param id the cookie's value
	 * @return completes when that is kept
	 */
	Mono<Void> end(String id) {
		Fact known = this.store.facts(TYPE).get(hash(id));
		return (known != null) ? this.store.keep(List.of(Fact.over(TYPE, hash(id), known.author()))) : Mono.empty();
	}

	/**
	 * Who has a session that no node has ended.
	 * @param id the cookie's value
	 * @return the user, or empty when there is none or it is over
	 */
	Optional<String> user(String id) {
		Fact known = this.store.facts(TYPE).get(hash(id));
		return Optional.ofNullable(known).filter((fact) -> until(fact).isAfter(this.clock.instant())).map(Fact::author);
	}

	/**
	 * Waits until what other nodes have kept is known here.
	 * @return completes then
	 */
	Mono<Void> caughtUp() {
		return this.store.caughtUp();
	}

	/**
	 * Whether a session in use would soon be over for the other nodes.
	 * @param id the cookie's value
	 * @return whether it is to be kept anew
	 */
	boolean isAging(String id) {
		Fact known = this.store.facts(TYPE).get(hash(id));
		return known != null && until(known).isBefore(this.clock.instant().plus(RENEWED_BELOW));
	}

	private static Instant until(Fact fact) {
		String text = fact.content().path("until").asString("");
		return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
	}

	private static String hash(String id) {
		try {
			byte[] bytes = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

}
