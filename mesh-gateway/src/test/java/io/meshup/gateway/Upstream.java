package io.meshup.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;

/**
 * A small service behind the gateway, on a port that the system picks.
 */
final class Upstream implements AutoCloseable {

	private static final List<Socket> BOUND = new CopyOnWriteArrayList<>();

	final List<Seen> seen = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private final String id;

	Upstream(String id, HttpHandler handler) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.id = id;
		this.server.setExecutor(Executors.newCachedThreadPool());
		this.server.createContext("/", (exchange) -> {
			this.seen.add(new Seen(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
					exchange.getRequestHeaders()));
			handler.handle(exchange);
			exchange.close();
		});
		this.server.start();
	}

	static Upstream answering(String id, int status) {
		return new Upstream(id, (exchange) -> {
			byte[] received = exchange.getRequestBody().readAllBytes();
			byte[] body = (id + " got " + received.length).getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("x-upstream", id);
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		});
	}

	Instance instance(String version) {
		return instance(this.id, this.server.getAddress().getPort(), version);
	}

	/**
	 * An instance that refuses connections: its port is bound until the tests end, so
	 * that nobody else gets it, but nobody listens.
	 */
	static Instance refusing(String id) {
		try {
			Socket socket = new Socket();
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			BOUND.add(socket);
			return instance(id, socket.getLocalPort(), "v1");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Instance instance(String id, int port, String version) {
		return new Instance(id, "127.0.0.1", port, "http", version, "default", null, 100, InstanceStatus.UP, Map.of());
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * One request as it arrived.
	 */
	record Seen(String method, String uri, Headers headers) {

	}

}
