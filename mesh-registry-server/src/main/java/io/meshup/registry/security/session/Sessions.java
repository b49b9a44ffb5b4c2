package io.meshup.registry.security.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.registry.security.credential.Secret;

/**
 * Who is signed in, in memory only: a restart signs everybody out. Thread-safe.
 */
public final class Sessions {

	private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(30);

	private static final int MAX_SESSIONS = 1_000;

	private final SecureRandom random = new SecureRandom();

	private final LongSupplier nanoClock;

	private final Map<String, SignedIn> entries = new LinkedHashMap<>(16, 0.75F, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, SignedIn> eldest) {
			return size() > MAX_SESSIONS;
		}

	};

	public Sessions(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
	}

	public synchronized Session start(String user) {
		Session session = new Session(new Secret(token()), user, new Secret(token()));
		this.entries.put(session.id().value(), new SignedIn(session, this.nanoClock.getAsLong()));
		return session;
	}

	/**
	 * Looks a session up and keeps it alive.
	 * @param id the cookie's value
	 * @return the session, or empty when there is none or it was idle for 30 minutes
	 */
	public synchronized Optional<Session> find(String id) {
		SignedIn entry = this.entries.get(id);
		if (entry == null) {
			return Optional.empty();
		}
		long now = this.nanoClock.getAsLong();
		if (now - entry.usedNanos >= IDLE_NANOS) {
			this.entries.remove(id);
			return Optional.empty();
		}
		entry.usedNanos = now;
		return Optional.of(entry.session);
	}

	synchronized void end(String id) {
		this.entries.remove(id);
	}

	private String token() {
		byte[] bytes = new byte[32];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static final class SignedIn {

		private final Session session;

		private long usedNanos;

		SignedIn(Session session, long usedNanos) {
			this.session = session;
			this.usedNanos = usedNanos;
		}

	}

}
