package io.meshup.registry.security.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What participants prove themselves with. Kept as a digest; compared in constant time.
 */
public final class JoinToken {

	private final byte[] digest;

	public JoinToken(Secret token) {
		this.digest = digest(token.value());
	}

	public boolean matches(String candidate) {
		return MessageDigest.isEqual(this.digest, digest(candidate));
	}

	private static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is part of every Java platform", ex);
		}
	}

}
