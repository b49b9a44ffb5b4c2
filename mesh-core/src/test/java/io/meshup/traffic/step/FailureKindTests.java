package io.meshup.traffic.step;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureKind}.
 */
class FailureKindTests {

	@Test
	void knowsWhenNothingWasSent() {
		IOException wrapped = new IOException("I/O error", new ConnectException("Connection refused"));

		assertThat(FailureKind.of(wrapped)).isEqualTo(FailureKind.CONNECT);
		assertThat(FailureKind.of(new HttpConnectTimeoutException("HTTP connect timed out")))
			.isEqualTo(FailureKind.CONNECT);
		assertThat(FailureKind.of(new SocketTimeoutException("Connect timed out"))).isEqualTo(FailureKind.CONNECT);
		assertThat(FailureKind.of(new UnknownHostException("x"))).isEqualTo(FailureKind.CONNECT);
		assertThat(FailureKind.of(new SSLHandshakeException("x"))).isEqualTo(FailureKind.CONNECT);
	}

	@Test
	void knowsATimeoutEvenInsideAnotherError() {
		assertThat(FailureKind.of(new SocketTimeoutException("Read timed out"))).isEqualTo(FailureKind.TIMEOUT);
		assertThat(FailureKind.of(new IOException(new HttpTimeoutException("x")))).isEqualTo(FailureKind.TIMEOUT);
		assertThat(FailureKind.of(new RuntimeException(new TimeoutException()))).isEqualTo(FailureKind.TIMEOUT);
	}

	@Test
	void knowsABrokenConnection() {
		assertThat(FailureKind.of(new SocketException("Connection reset"))).isEqualTo(FailureKind.RESET);
		assertThat(FailureKind.of(new UncheckedIOException(new EOFException()))).isEqualTo(FailureKind.RESET);
		assertThat(FailureKind.of(new ClosedChannelException())).isEqualTo(FailureKind.RESET);
		assertThat(FailureKind.of(new IOException("HTTP/1.1 header parser received no bytes")))
			.isEqualTo(FailureKind.RESET);
	}

	@Test
	void blamesNobodyWhenInDoubt() {
		assertThat(FailureKind.of(new IllegalStateException())).isEqualTo(FailureKind.OTHER);
		assertThat(FailureKind.of(new InterruptedIOException())).isEqualTo(FailureKind.OTHER);
		assertThat(FailureKind.of(new FileNotFoundException("upload.bin"))).isEqualTo(FailureKind.OTHER);
	}

}
