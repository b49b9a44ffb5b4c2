package io.meshup.spring.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on plain sockets, so that a test decides about each byte and
 * each reset.
 */
final class Backend implements AutoCloseable {

	private final ServerSocket server;

	private final Behaviour behaviour;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private Backend(Behaviour behaviour) throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.behaviour = behaviour;
		start(this::accept);
	}

	static Backend of(Behaviour behaviour) throws IOException {
		return new Backend(behaviour);
	}

	static Backend answering(int status, String body) throws IOException {
		return of((request, connection) -> {
			request.drain();
			connection.answer(status, body);
		});
	}

	static Backend resetting() throws IOException {
		return of((request, connection) -> {
			request.drain();
			connection.reset();
		});
	}

	static Backend stalling() throws IOException {
		return of((request, connection) -> connection.awaitEnd());
	}

	int port() {
		return this.server.getLocalPort();
	}

	List<Request> requests() {
		return this.requests;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	private void accept() throws IOException {
		while (!this.server.isClosed()) {
			Socket socket = this.server.accept();
			socket.setTcpNoDelay(true);
			this.sockets.add(socket);
			if (this.server.isClosed()) {
				socket.close();
			}
			start(() -> serve(socket));
		}
	}

	private void serve(Socket socket) throws IOException {
		try (socket) {
			InputStream input = new BufferedInputStream(socket.getInputStream());
			Request request = Request.read(input);
			while (request != null) {
				this.requests.add(request);
				this.behaviour.serve(request, new Connection(socket));
				request = socket.isClosed() ? null : Request.read(input);
			}
		}
		finally {
			this.sockets.remove(socket);
		}
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// The test closed the sockets, or a client went away.
			}
		}, "backend");
		thread.setDaemon(true);
		thread.start();
	}

	private interface Work {

		void run() throws IOException;

	}

	/**
	 * What a backend does with a request.
	 */
	interface Behaviour {

		void serve(Request request, Connection connection) throws IOException;

	}

	/**
	 * The client's connection.
	 *
	 * @param socket its socket
	 */
	record Connection(Socket socket) {

		// In one piece: a fault in between is a case of its own.
		void answer(int status, String body) throws IOException {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			ByteArrayOutputStream whole = new ByteArrayOutputStream();
			whole.writeBytes(head(status, "Content-Length: " + bytes.length).getBytes(StandardCharsets.ISO_8859_1));
			whole.writeBytes(bytes);
			output().write(whole.toByteArray());
			output().flush();
		}

		void sendHead(int status, String... headers) throws IOException {
			output().write(head(status, String.join("\r\n", headers)).getBytes(StandardCharsets.ISO_8859_1));
			output().flush();
		}

		private static String head(int status, String header) {
			return "HTTP/1.1 " + status + " Status\r\nContent-Type: text/plain\r\n" + header + "\r\n\r\n";
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		void awaitEnd() throws IOException {
			this.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
			this.socket.close();
		}

		OutputStream output() throws IOException {
			return this.socket.getOutputStream();
		}

	}

	/**
	 * A request as it came over the wire.
	 *
	 * @param method its method
	 * @param target path and query
	 * @param headers first value of each header; names in any case
	 * @param body the rest of the connection
	 */
	record Request(String method, String target, Map<String, String> headers, InputStream body) {

		static @Nullable Request read(InputStream input) throws IOException {
			String line = line(input);
			if (line.isEmpty()) {
				return null;
			}
			String[] start = line.split(" ");
			Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			for (String header = line(input); !header.isEmpty(); header = line(input)) {
				int colon = header.indexOf(':');
				headers.putIfAbsent(header.substring(0, colon), header.substring(colon + 1).strip());
			}
			return new Request(start[0], start[1], headers, input);
		}

		/**
		 * Reads the body to its end.
		 * @return the bytes it had
		 * @throws IOException when the connection breaks
		 */
		long drain() throws IOException {
			String encoding = this.headers.getOrDefault("Transfer-Encoding", "");
			if (!encoding.toLowerCase(Locale.ROOT).contains("chunked")) {
				long length = Long.parseLong(this.headers.getOrDefault("Content-Length", "0"));
				this.body.skipNBytes(length);
				return length;
			}
			long total = 0;
			for (long size = chunk(); size > 0; size = chunk()) {
				this.body.skipNBytes(size);
				line(this.body);
				total += size;
			}
			line(this.body);
			return total;
		}

		private long chunk() throws IOException {
			return Long.parseLong(line(this.body).strip(), 16);
		}

		private static String line(InputStream input) throws IOException {
			StringBuilder line = new StringBuilder();
			for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
				line.append((char) next);
			}
			return line.toString().strip();
		}

	}

}
