package io.meshup.registry.security.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.registry.security.credential.Secret;
import io.meshup.registry.store.MeshStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Who is signed in. With one node that is in memory only, so that a restart signs
 * everybody out; several nodes share it through their store. Thread-safe.
 */
public final class Sessions {

	private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(30);

	private static final long RENEWAL_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final int BYTES = 32;

	private static final int LENGTH = (BYTES * 8 + 5) / 6;

	private static final Logger logger = LoggerFactory.getLogger(Sessions.class);

	private final SecureRandom random = new SecureRandom();

	private final LongSupplier nanoClock;

	private final Map<String, SignedIn> entries;

	private final @Nullable SharedSessions shared;

	/**
	 * Makes the memory of a registry that is one node.
	 * @param most how many are remembered; the one that was not used for longest goes
	 * @param nanoClock the time
	 */
	public Sessions(int most, LongSupplier nanoClock) {
		this(most, nanoClock, null);
	}

	private Sessions(int most, LongSupplier nanoClock, @Nullable SharedSessions shared) {
		this.entries = new LinkedHashMap<>(16, 0.75F, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, SignedIn> eldest) {
				return size() > most;
			}

		};
		this.nanoClock = nanoClock;
		this.shared = shared;
	}

	/**
	 * Makes the memory of one of several nodes.
	 * @param most how many this node remembers
	 * @param nanoClock the time
	 * @param store what the nodes share
	 * @param clock the time that they share
	 * @return an empty memory
	 */
	public static Sessions shared(int most, LongSupplier nanoClock, MeshStore store, InstantSource clock) {
		return new Sessions(most, nanoClock, new SharedSessions(store, clock));
	}

	/**
	 * Begins a session.
	 * @param user who
	 * @return the session, when every node knows it; without the others when they are out
	 * of reach
	 */
	Mono<Session> begin(String user) {
		Session session = start(user);
		return keep(session).thenReturn(session);
	}

	/**
	 * Ends a session.
	 * @param id the cookie's value
	 * @return completes when it has ended on every node
	 */
	Mono<Void> over(String id) {
		end(id);
		return (this.shared != null) ? this.shared.end(id) : Mono.empty();
	}

	public synchronized Session start(String user) {
		Session session = session(token(), user);
		this.entries.put(session.id().value(), new SignedIn(session, this.nanoClock.getAsLong()));
		return session;
	}

	/**
	 * Looks a session up and keeps it alive.
	 * @param id the cookie's value
	 * @return the session, or empty when there is none or it was idle for 30 minutes
	 */
	public synchronized Optional<Session> find(String id) {
		long now = this.nanoClock.getAsLong();
		SignedIn entry = this.entries.get(id);
		Optional<String> known = (this.shared != null) ? this.shared.user(id) : Optional.empty();
		if (entry == null && known.isPresent()) {
			entry = new SignedIn(session(id, known.get()), now);
			this.entries.put(id, entry);
		}
		if (entry == null) {
			return Optional.empty();
		}
		boolean isEnded = entry.isShared && known.isEmpty();
		if (isEnded || now - entry.usedNanos >= IDLE_NANOS) {
			this.entries.remove(id);
			return Optional.empty();
		}
		entry.isShared = known.isPresent();
		entry.usedNanos = now;
		renew(entry);
		return Optional.of(entry.session);
	}

	/**
	 * Looks a session up that is not known here, but was perhaps begun at another node a
	 * moment ago.
	 * @param id the cookie's value
	 * @return the session, or empty when no node knows it
	 */
	public Mono<Session> findElsewhere(String id) {
		if (this.shared == null || id.length() != LENGTH) {
			return Mono.empty();
		}
		return this.shared.caughtUp().then(Mono.defer(() -> Mono.justOrEmpty(find(id))));
	}

	private void renew(SignedIn entry) {
		long now = this.nanoClock.getAsLong();
		boolean isDue = now - entry.renewedNanos >= RENEWAL_NANOS;
		if (this.shared != null && isDue && this.shared.isAging(entry.session.id().value())) {
			entry.renewedNanos = now;
			Disposable unused = keep(entry.session).subscribe();
		}
	}

	private Mono<Void> keep(Session session) {
		if (this.shared == null) {
			return Mono.empty();
		}
		return this.shared.keep(session.id().value(), session.user())
			.doOnSuccess((done) -> isShared(session))
			.onErrorResume((ex) -> {
				logger.warn("A session could not be shared and holds on this node only: {}", session.user(), ex);
				return Mono.empty();
			});
	}

	// From now on the store decides whether it has ended, used here or not.
	private synchronized void isShared(Session session) {
		SignedIn entry = this.entries.get(session.id().value());
		if (entry != null) {
			entry.isShared = true;
		}
	}

	// Every node must come to the same, from the cookie alone.
	private static Session session(String id, String user) {
		return new Session(new Secret(id), user, new Secret(csrf(id)));
	}

	private static String csrf(String id) {
		try {
			byte[] bytes = MessageDigest.getInstance("SHA-256").digest(("csrf " + id).getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

	synchronized void end(String id) {
		this.entries.remove(id);
	}

	private String token() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static final class SignedIn {

		private final Session session;

		private long usedNanos;

		private long renewedNanos;

		private boolean isShared;

		SignedIn(Session session, long usedNanos) {
			this.session = session;
			this.usedNanos = usedNanos;
			this.renewedNanos = usedNanos;
		}

	}

}
