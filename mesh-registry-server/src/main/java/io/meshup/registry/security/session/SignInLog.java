package io.meshup.registry.security.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.AuditLog;
import io.meshup.registry.store.Fact;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes who signed in and who could not. Failures are noted up to a number a minute,
 * because anybody can make them; the next one that is noted tells how many were left out.
 * Thread-safe.
 */
final class SignInLog {

	private static final int FAILURES_A_MINUTE = 60;

	private static final int MAX_NAME = 64;

	private final AuditLog audit;

	private final LongSupplier nanoClock;

	private long startNanos;

	private int failures;

	private long leftOut;

	SignInLog(AuditLog audit, LongSupplier nanoClock) {
		this.audit = audit;
		this.nanoClock = nanoClock;
		this.startNanos = nanoClock.getAsLong();
	}

	/**
	 * Somebody signed in.
	 * @param user who
	 * @param address from where
	 */
	void succeeded(String user, String address) {
		note("signed-in", user, user, content(address));
	}

	/**
	 * Somebody could not sign in.
	 * @param user who it was said to be
	 * @param address from where
	 */
	void failed(String user, String address) {
		long skipped = countFailure();
		if (skipped >= 0) {
			ObjectNode content = content(address);
			if (skipped > 0) {
				content.put("leftOut", skipped);
			}
			note("sign-in-failed", printable(user), "anonymous", content);
		}
	}

	private synchronized long countFailure() {
		long now = this.nanoClock.getAsLong();
		if (now - this.startNanos >= TimeUnit.MINUTES.toNanos(1)) {
			this.startNanos = now;
			this.failures = 0;
		}
		if (++this.failures > FAILURES_A_MINUTE) {
			this.leftOut++;
			return -1;
		}
		long skipped = this.leftOut;
		this.leftOut = 0;
		return skipped;
	}

	private void note(String type, String user, String author, ObjectNode content) {
		this.audit.record(new Fact(Fact.EVENT + type, user, author, content));
	}

	private static ObjectNode content(String address) {
		return MeshJson.mapper().createObjectNode().put("address", address);
	}

	private static String printable(String user) {
		return user.codePoints()
			.limit(MAX_NAME)
			.map((point) -> (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
					|| Character.getType(point) == Character.SURROGATE) ? '?' : point)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
