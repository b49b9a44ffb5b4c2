package io.meshup.traffic.step;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import io.meshup.model.rule.route.RetryCondition;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with an attempt, as far as retries care.
 */
public enum FailureKind {

	/**
	 * No connection: nothing was sent.
	 */
	CONNECT,

	/**
	 * The attempt's time was over.
	 */
	TIMEOUT,

	/**
	 * The connection broke before the head of the response.
	 */
	RESET,

	/**
	 * Not the instance's fault: neither retried nor counted.
	 */
	OTHER;

	private static final int MAX_DEPTH = 12;

	private static final Set<String> CONNECT_NAMES = Set.of("io.netty.channel.ConnectTimeoutException",
			"org.apache.hc.client5.http.ConnectTimeoutException", "org.apache.http.conn.ConnectTimeoutException",
			"io.netty.handler.ssl.SslHandshakeTimeoutException");

	private static final Set<String> TIMEOUT_NAMES = Set.of("io.netty.handler.timeout.ReadTimeoutException",
			"io.netty.handler.timeout.TimeoutException");

	private static final Set<String> RESET_NAMES = Set.of("org.apache.hc.core5.http.NoHttpResponseException",
			"org.apache.hc.core5.http.ConnectionClosedException", "org.apache.http.NoHttpResponseException",
			"reactor.netty.http.client.PrematureCloseException", "reactor.netty.channel.AbortedException",
			"io.netty.channel.unix.Errors$NativeIoException", "org.eclipse.jetty.io.EofException",
			"org.apache.hc.core5.http2.H2ConnectionException", "org.apache.hc.core5.http2.H2StreamResetException");

	/**
	 * Classifies an error by itself and its causes; knows the JDK's types and, by name,
	 * those of common clients. A connect failure anywhere in the chain decides.
	 * @param ex what the client threw
	 * @return the kind, {@link #OTHER} when in doubt
	 */
	public static FailureKind of(Throwable ex) {
		FailureKind found = OTHER;
		Throwable current = ex;
		for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
			FailureKind kind = ofOne(current);
			if (kind != null && kind.compareTo(found) < 0) {
				found = kind;
			}
			current = current.getCause();
		}
		return found;
	}

	// Whether a rule wants this kind to be repeated.
	public boolean isIn(Set<RetryCondition> conditions) {
		return switch (this) {
			case CONNECT -> conditions.contains(RetryCondition.CONNECT_FAILURE);
			case TIMEOUT -> conditions.contains(RetryCondition.TIMEOUT);
			case RESET -> conditions.contains(RetryCondition.RESET);
			case OTHER -> false;
		};
	}

	private static @Nullable FailureKind ofOne(Throwable ex) {
		if (ex instanceof SocketTimeoutException) {
			String message = String.valueOf(ex.getMessage());
			return (isNamed(ex, CONNECT_NAMES) || message.regionMatches(true, 0, "connect timed out", 0, 17)) ? CONNECT
					: TIMEOUT;
		}
		if (ex instanceof ConnectException || ex instanceof HttpConnectTimeoutException
				|| ex instanceof UnknownHostException || ex instanceof UnresolvedAddressException
				|| ex instanceof NoRouteToHostException || ex instanceof SSLHandshakeException
				|| isNamed(ex, CONNECT_NAMES)) {
			return CONNECT;
		}
		if (ex instanceof HttpTimeoutException || ex instanceof TimeoutException || isNamed(ex, TIMEOUT_NAMES)) {
			return TIMEOUT;
		}
		return isReset(ex) ? RESET : null;
	}

	private static boolean isReset(Throwable ex) {
		if (ex instanceof InterruptedIOException) {
			return false;
		}
		return ex instanceof SocketException || ex instanceof EOFException || ex instanceof ClosedChannelException
				|| ex instanceof ProtocolException || ex.getClass() == IOException.class || isNamed(ex, RESET_NAMES);
	}

	private static boolean isNamed(Throwable ex, Set<String> names) {
		for (Class<?> type = ex.getClass(); type != null; type = type.getSuperclass()) {
			if (names.contains(type.getName())) {
				return true;
			}
		}
		return false;
	}

}
