package io.meshup.registry.security.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for 60 s that a password was right, under a key that only this process has,
 * because the slow hash costs 60 to 100 ms. Thread-safe.
 */
final class VerifiedMemory {

	private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);

	private static final int MAX_ENTRIES = 1_000;

	private static final String ALGORITHM = "HmacSHA256";

	private final Map<String, Long> untilNanos = new ConcurrentHashMap<>();

	private final SecretKeySpec key;

	private final LongSupplier nanoClock;

	VerifiedMemory(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		this.key = new SecretKeySpec(random, ALGORITHM);
	}

	boolean knows(String user, String password) {
		Long until = this.untilNanos.get(mark(user, password));
		return until != null && until - this.nanoClock.getAsLong() > 0;
	}

	void remember(String user, String password) {
		long now = this.nanoClock.getAsLong();
		if (this.untilNanos.size() >= MAX_ENTRIES) {
			this.untilNanos.values().removeIf((until) -> until - now <= 0);
		}
		if (this.untilNanos.size() < MAX_ENTRIES) {
			this.untilNanos.put(mark(user, password), now + KEPT_NANOS);
		}
	}

	/**
	 * Stands for a user and a password without telling them.
	 * @param user the user
	 * @param password the password
	 * @return the same text for the same two, until the process ends
	 */
	String mark(String user, String password) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			mac.update(user.getBytes(StandardCharsets.UTF_8));
			mac.update((byte) 0);
			return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ALGORITHM + " is part of every Java platform", ex);
		}
	}

}
