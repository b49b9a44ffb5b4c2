package io.meshup.registry.security.session;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.Fact;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes who signed in and who could not. Of failures, which anybody can make, some are
 * noted at once and then one a minute, so that a year of them does not fill the disk; the
 * next one that is noted tells how many were left out. Thread-safe.
 */
final class SignInLog {

	private static final int FAILURES_AT_ONCE = 60;

	private static final long PACE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final int MAX_NAME = 64;

	private final Consumer<Fact> audit;

	private final LongSupplier nanoClock;

	private long pacedNanos;

	private int allowed = FAILURES_AT_ONCE;

	private long leftOut;

	SignInLog(Consumer<Fact> audit, LongSupplier nanoClock) {
		this.audit = audit;
		this.nanoClock = nanoClock;
		this.pacedNanos = nanoClock.getAsLong();
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
		long minutes = (this.nanoClock.getAsLong() - this.pacedNanos) / PACE_NANOS;
		this.pacedNanos += minutes * PACE_NANOS;
		this.allowed = (int) Math.min(FAILURES_AT_ONCE, this.allowed + minutes);
		if (this.allowed == 0) {
			this.leftOut++;
			return -1;
		}
		this.allowed--;
		long skipped = this.leftOut;
		this.leftOut = 0;
		return skipped;
	}

	private void note(String type, String user, String author, ObjectNode content) {
		this.audit.accept(new Fact(Fact.EVENT + type, user, author, content));
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
