package io.meshup.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RegistryClient} against servers that do not keep to HTTP.
 */
class RegistryClientSocketTests {

	private static final String GRANT = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"beat\":\"50ms\"}";

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private ServerSocket server;

	private ClientFixture fixture;

	@BeforeEach
	void setUp() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.fixture = new ClientFixture(URI.create("http://127.0.0.1:" + this.server.getLocalPort()));
	}

	@AfterEach
	void tearDown() throws IOException {
		this.fixture.close();
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	@Test
	void repeatsABeatAtOnceWhenTheConnectionWasClosed() {
		serve((socket, number) -> {
			readRequest(socket);
			if (number % 2 == 0) {
				socket.getOutputStream().write(GRANT.getBytes(StandardCharsets.US_ASCII));
			}
			socket.close();
		});
		this.fixture.client().register();

		ClientFixture.await().until(() -> this.fixture.acknowledged.size() >= 4);

		assertThat(this.fixture.problems).isEmpty();
	}

	@Test
	void beatsAgainWhenNoAnswerCameInTime() {
		serve((socket, number) -> {
			readRequest(socket);
			if (number >= 2) {
				socket.getOutputStream().write(GRANT.getBytes(StandardCharsets.US_ASCII));
				socket.close();
			}
		});
		this.fixture.client().register();

		ClientFixture.await().until(() -> !this.fixture.acknowledged.isEmpty());
		assertThat(this.fixture.problems).isEmpty();
	}

	@Test
	void survivesAServerThatSaysNothingOfUse() {
		serve((socket, number) -> {
			socket.getOutputStream().write("SSH-2.0-nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			socket.close();
		});
		this.fixture.client().start();
		this.fixture.client().register();

		ClientFixture.await().until(() -> this.fixture.problems.size() >= 2);
		assertThat(this.fixture.state().connected()).isFalse();
		assertThat(this.fixture.state().joined()).isFalse();
	}

	@Test
	void hangsUpOnAnAnswerWithoutEnd() {
		serve((socket, number) -> {
			readRequest(socket);
			socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			while (!socket.isClosed()) {
				socket.getOutputStream().write(new byte[8192]);
			}
		});
		this.fixture.client().start();

		ClientFixture.await().until(() -> !this.fixture.problems.isEmpty());
		assertThat(this.fixture.problems.get(0).message()).contains("probably not a registry");
	}

	private void serve(Handler handler) {
		Thread thread = new Thread(() -> {
			for (int number = 1; !this.server.isClosed(); number++) {
				try {
					Socket socket = this.server.accept();
					this.sockets.add(socket);
					handler.handle(socket, number);
				}
				catch (IOException ex) {
					// the other side hung up, or the test has ended
					continue;
				}
			}
		}, "strange-server");
		thread.setDaemon(true);
		thread.start();
	}

	private static void readRequest(Socket socket) throws IOException {
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
		int length = 0;
		for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
			if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(line.substring(15).strip());
			}
		}
		for (int i = 0; i < length; i++) {
			reader.read();
		}
	}

	@FunctionalInterface
	private interface Handler {

		void handle(Socket socket, int number) throws IOException;

	}

}
