package io.meshup.registry.store.redis.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A program that Redis runs as one step.
 *
 * @param text its text
 * @param digest how Redis names it
 */
public record RedisScript(byte[] text, String digest) {

	/**
	 * Keeps rows of rules and facts, if nobody else wrote meanwhile.
	 */
	public static final RedisScript COMMIT = load("commit");

	/**
	 * Shares rows of instances as one entry of the log of changes.
	 */
	public static final RedisScript SHARE = load("share");

	/**
	 * Reads all that is in force, in one moment.
	 */
	public static final RedisScript STATE = load("state");

	/**
	 * Reads what the log of changes has after a place, and how far it goes.
	 */
	public static final RedisScript NEWS = load("news");

	/**
	 * Makes sure that nobody wrote, where nothing is to be written.
	 */
	public static final RedisScript CONFIRM = load("confirm");

	/**
	 * Drops old rows of the ledger and puts a checkpoint in their place.
	 */
	public static final RedisScript DROP = load("drop");

	/**
	 * Tells where the log of changes ends.
	 */
	public static final RedisScript END = load("end");

	private static RedisScript load(String name) {
		try (InputStream stream = RedisScript.class.getResourceAsStream(name + ".lua")) {
			if (stream == null) {
				throw new IllegalStateException("'" + name + ".lua' is missing in the registry's jar");
			}
			byte[] text = stream.readAllBytes();
			return new RedisScript(text, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-1", ex);
		}
	}

}
