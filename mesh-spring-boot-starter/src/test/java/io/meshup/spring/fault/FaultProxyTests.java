package io.meshup.spring.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The faults are what they say, seen by a client of a server that sends back what it
 * gets.
 */
@Timeout(30)
class FaultProxyTests {

	private ServerSocket server;

	private FaultProxy proxy;

	@BeforeEach
	void start() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve);
		thread.setDaemon(true);
		thread.start();
		this.proxy = FaultProxy.to(this.server.getLocalPort());
	}

	@AfterEach
	void stop() throws IOException {
		this.proxy.close();
		this.server.close();
	}

	@Test
	void passesWhatComes() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "hello", 5)).isEqualTo("hello");
		}
		Awaitility.await().until(() -> this.proxy.open() == 0);
		assertThat(this.proxy.accepted()).isEqualTo(1);
	}

	@Test
	void makesTheWayLong() throws IOException {
		this.proxy.set(Fault.distance(Duration.ofMillis(60), Duration.ofMillis(10), 0, Duration.ZERO));
		try (Socket client = connect()) {
			long start = System.nanoTime();
			assertThat(echo(client, "hello", 5)).isEqualTo("hello");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
		}
	}

	@Test
	void fallsSilentOnOpenConnectionsOnly() throws IOException {
		try (Socket old = connect()) {
			echo(old, "hello", 5);
			this.proxy.set(Fault.SILENCE).setForNew(Fault.NONE);
			old.setSoTimeout(50);
			assertThatThrownBy(() -> echo(old, "hello", 5)).isInstanceOf(SocketTimeoutException.class);
			try (Socket young = connect()) {
				assertThat(echo(young, "hello", 5)).isEqualTo("hello");
			}
		}
	}

	@Test
	void dripsAnswers() throws IOException {
		this.proxy.set(Fault.drip(Duration.ofMillis(20)));
		try (Socket client = connect()) {
			long start = System.nanoTime();
			assertThat(echo(client, "hello", 5)).isEqualTo("hello");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
		}
	}

	@Test
	void breaksAnswersOff() throws IOException {
		this.proxy.set(Fault.resetAfter(3));
		try (Socket client = connect()) {
			client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
			assertThatThrownBy(() -> client.getInputStream().readNBytes(5)).isInstanceOf(SocketException.class);
		}
		this.proxy.set(Fault.endAfter(3));
		try (Socket client = connect()) {
			assertThat(echo(client, "hello", 5)).isEqualTo("hel");
		}
		this.proxy.set(Fault.nonsenseAfter(3, "??".getBytes(StandardCharsets.UTF_8)));
		try (Socket client = connect()) {
			assertThat(echo(client, "hello", 5)).isEqualTo("hel??");
		}
	}

	@Test
	void closesWhatIsIdle() throws IOException {
		this.proxy.closeIdleAfter(Duration.ofMillis(500));
		try (Socket client = connect()) {
			echo(client, "hello", 5);
			assertThat(client.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void cutsAllConnections() throws IOException {
		try (Socket client = connect()) {
			echo(client, "hello", 5);
			this.proxy.cut();
			assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
		}
	}

	@Test
	void refusesWhileTheServerIsAway() throws IOException {
		try (Socket away = new Socket()) {
			away.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			try (FaultProxy dead = FaultProxy.to(away.getLocalPort())) {
				assertThatThrownBy(() -> connect(dead).getInputStream().read()).isInstanceOf(SocketException.class);
			}
		}
	}

	private Socket connect() throws IOException {
		return connect(this.proxy);
	}

	private static Socket connect(FaultProxy proxy) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
		socket.setSoTimeout(10_000);
		return socket;
	}

	private static String echo(Socket client, String text, int length) throws IOException {
		client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		return new String(client.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
	}

	private void serve() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				Thread thread = new Thread(() -> sendBack(socket));
				thread.setDaemon(true);
				thread.start();
			}
		}
		catch (IOException ex) {
			// The test is done.
		}
	}

	private static void sendBack(Socket socket) {
		try (socket; InputStream input = socket.getInputStream()) {
			for (int next = input.read(); next >= 0; next = input.read()) {
				socket.getOutputStream().write(next);
			}
		}
		catch (IOException ex) {
			// The client is done.
		}
	}

}
