package io.meshup.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * One allowance for each key: caller, address or header value. Their number is bounded:
 * at the bound those that are as good as new go, and what is new then and finds no place
 * shares one allowance. Thread-safe without locks.
 */
public final class KeyedAllowances {

	/**
	 * How many keys have an allowance of their own.
	 */
	public static final int MAX_KEYS = 10_000;

	private static final String OTHER = "(other)";

	private static final int MAX_LENGTH = 64;

	private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Map<String, Keyed> allowances = new ConcurrentHashMap<>();

	private final AtomicLong sweptAt;

	/**
	 * Makes an empty set.
	 * @param now the present in nanoseconds
	 */
	public KeyedAllowances(long now) {
		this.sweptAt = new AtomicLong(now - PACE_NANOS);
	}

	/**
	 * Finds the allowance of a key, a new and full one for a new key.
	 * @param key any text; {@link #name} of what came from outside
	 * @param rate what is allowed at present
	 * @param now the present in nanoseconds
	 * @return the allowance
	 */
	public Keyed of(String key, Rate rate, long now) {
		Keyed keyed = this.allowances.get(key);
		if (keyed == null) {
			String bounded = hasRoom(rate, now) ? key : OTHER;
			keyed = this.allowances.computeIfAbsent(bounded, (made) -> new Keyed(Allowance.of(rate, now)));
		}
		keyed.usedAt = now;
		return keyed;
	}

	/**
	 * A key of bounded length for a text of any length.
	 * @param text what came from outside
	 * @return the text, or its hash when it is long
	 */
	public static String name(String text) {
		return (text.length() <= MAX_LENGTH) ? text : "sha256:" + hash(text);
	}

	/**
	 * Visits the keys that were used of late.
	 * @param now the present in nanoseconds
	 * @param within how far back in nanoseconds
	 * @param visitor gets key and allowance
	 */
	public void eachUsed(long now, long within, BiConsumer<String, Keyed> visitor) {
		this.allowances.forEach((key, keyed) -> {
			if (now - keyed.usedAt <= within) {
				visitor.accept(key, keyed);
			}
		});
	}

	int size() {
		return this.allowances.size();
	}

	private boolean hasRoom(Rate rate, long now) {
		if (this.allowances.size() < MAX_KEYS) {
			return true;
		}
		long last = this.sweptAt.get();
		if (now - last < PACE_NANOS || !this.sweptAt.compareAndSet(last, now)) {
			return false;
		}
		long idle = rate.idleNanos();
		this.allowances.values().removeIf((keyed) -> now - keyed.usedAt >= idle);
		return this.allowances.size() < MAX_KEYS;
	}

	private static String hash(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * The allowance of one key, and how much was asked of it. Thread-safe.
	 */
	public static final class Keyed {

		private final Allowance allowance;

		private final AtomicLong wanted = new AtomicLong();

		private volatile long usedAt;

		private Keyed(Allowance allowance) {
			this.allowance = allowance;
		}

		/**
		 * Takes one request out.
		 * @param rate what is allowed at present
		 * @param now the present in nanoseconds
		 * @return 0 when it was granted, else the nanoseconds until the next one may be
		 */
		public long take(Rate rate, long now) {
			this.wanted.incrementAndGet();
			return this.allowance.take(rate, now);
		}

		/**
		 * Puts one request back that was taken and then refused for another reason.
		 */
		public void giveBack() {
			this.allowance.giveBack();
		}

		/**
		 * How many requests asked since this was last asked.
		 * @return granted and refused ones
		 */
		public long takeWanted() {
			return this.wanted.getAndSet(0);
		}

	}

}
