package io.meshup.registry.problem;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnreadBody}: a refusal does not harm the connection's next request.
 */
class ReusedConnectionTests extends RunningRegistry {

	private static final String BODY = "{\"host\":\"127.0.0.1\",\"port\":1,\"status\":\"UP\"}";

	@Test
	void answersTheNextRequestAfterARefusalWhoseBodyCameLate() throws IOException {
		for (int i = 0; i < 40; i++) {
			try (Socket socket = new Socket("127.0.0.1", URI.create(url()).getPort())) {
				socket.setTcpNoDelay(true);
				socket.setSoTimeout(30_000);
				BufferedReader in = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
				for (int j = 0; j < 10; j++) {
					assertThat(call(socket, in, "")).contains(" 401 ");
					assertThat(call(socket, in, "Authorization: Bearer " + TOKEN + "\r\n")).contains(" 200 ");
				}
			}
		}
	}

	private static String call(Socket socket, BufferedReader in, String header) throws IOException {
		String head = "PUT /api/v1/services/reused/instances/i1 HTTP/1.1\r\nHost: x\r\n" + header
				+ "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n";
		socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
		socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
		String status = in.readLine();
		int length = 0;
		for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
			if (line.startsWith("Content-Length: ")) {
				length = Integer.parseInt(line.substring(16));
			}
		}
		assertThat(in.skip(length)).isEqualTo(length);
		return status;
	}

}
