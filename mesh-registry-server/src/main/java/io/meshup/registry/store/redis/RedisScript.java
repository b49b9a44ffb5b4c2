package io.meshup.registry.store.redis;

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
record RedisScript(byte[] text, String digest) {

	static final RedisScript COMMIT = load("commit");

	static final RedisScript SHARE = load("share");

	static final RedisScript STATE = load("state");

	static final RedisScript NEWS = load("news");

	static final RedisScript CONFIRM = load("confirm");

	static final RedisScript DROP = load("drop");

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
