package io.meshup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server on this machine that gives the answers of a registry as they were recorded.
 */
final class RecordedRegistry implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, Reply> replies = new ConcurrentHashMap<>();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	RecordedRegistry() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * Gives an answer from now on.
	 * @param call for example {@code GET /api/v1/services}
	 * @param status the status
	 * @param body a recorded file, or the text itself
	 * @return this registry
	 */
	RecordedRegistry on(String call, int status, String body) {
		boolean isFile = body.matches("[a-z-]+\\.(json|yaml)");
		this.replies.put(call, new Reply(status, isFile ? recorded(body) : body,
				(status >= 400) ? "application/problem+json" : "application/json"));
		return this;
	}

	List<Request> requests() {
		return this.requests;
	}

	Request last() {
		return this.requests.get(this.requests.size() - 1);
	}

	static String recorded(String name) {
		try (InputStream stream = RecordedRegistry.class.getResourceAsStream("/recorded/" + name)) {
			if (stream == null) {
				throw new IllegalArgumentException("no recorded answer '" + name + "'");
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
		this.requests.add(new Request(call, exchange.getRequestHeaders(), body));
		boolean isYaml = "application/yaml".equals(exchange.getRequestHeaders().getFirst("Accept"));
		Reply reply = this.replies.get(isYaml ? call + " yaml" : call);
		if (reply == null) {
			reply = new Reply(500, "{\"detail\":\"the test has no answer for " + call + "\"}",
					"application/problem+json");
		}
		byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", reply.type());
		exchange.getResponseHeaders().add("Set-Cookie", "mesh=s3cret; Path=/; HttpOnly");
		exchange.sendResponseHeaders(reply.status(), (bytes.length == 0) ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	record Request(String call, Map<String, List<String>> headers, String body) {

		String header(String name) {
			return this.headers.getOrDefault(name, List.of("")).get(0);
		}

	}

	private record Reply(int status, String body, String type) {
	}

}
