package io.meshup.control;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshup.model.MeshJson;
import io.meshup.model.beat.Beat;
import org.jspecify.annotations.Nullable;

/**
 * A registry on the loopback interface that does what a test tells it to.
 */
public final class FakeRegistry implements AutoCloseable {

	final List<Beat> beats = new CopyOnWriteArrayList<>();

	final List<String> requests = new CopyOnWriteArrayList<>();

	final List<String> authorizations = new CopyOnWriteArrayList<>();

	final List<Watch> watches = new CopyOnWriteArrayList<>();

	volatile int beatStatus = 200;

	volatile int watchStatus = 200;

	volatile int healthStatus = 200;

	volatile boolean isStill;

	volatile boolean givesSigns;

	volatile boolean holdsWatches;

	volatile String contentType = "text/event-stream";

	volatile String grant = "{\"lease\":\"3.5s\",\"beat\":\"1s\",\"revision\":42}";

	volatile String problem = "{\"title\":\"t\",\"status\":400,\"detail\":\"That was wrong.\"}";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "fake-registry");
		thread.setDaemon(true);
		return thread;
	});

	FakeRegistry() {
		this(0);
	}

	FakeRegistry(int port) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + port());
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	// Its client has the head of the answer a moment before it is listed here.
	Watch lastWatch() {
		ClientFixture.await().until(() -> !this.watches.isEmpty());
		return this.watches.get(this.watches.size() - 1);
	}

	@Override
	public void close() {
		this.watches.forEach(Watch::end);
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
		this.authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
		byte[] body = exchange.getRequestBody().readAllBytes();
		switch (exchange.getRequestMethod()) {
			case "PUT" -> {
				if (this.isStill) {
					standStill();
				}
				this.beats.add(MeshJson.read(body, Beat.class));
				answer(exchange, this.beatStatus, (this.beatStatus < 300) ? this.grant : this.problem);
			}
			case "GET" -> {
				switch (exchange.getRequestURI().getPath()) {
					case "/actuator/health" -> answer(exchange, this.healthStatus, "{}");
					case "/api/v1/alive" -> alive(exchange);
					default -> watch(exchange);
				}
			}
			default -> answer(exchange, 204, "");
		}
	}

	private void alive(HttpExchange exchange) throws IOException {
		if (this.isStill && !this.givesSigns) {
			standStill();
		}
		answer(exchange, 204, "");
	}

	// As a process that is stopped does: it takes everything and says nothing.
	private void standStill() throws IOException {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			throw new IOException("the test has ended", ex);
		}
	}

	private void watch(HttpExchange exchange) throws IOException {
		if (this.holdsWatches) {
			standStill();
		}
		if (this.watchStatus != 200) {
			answer(exchange, this.watchStatus, this.problem);
			return;
		}
		exchange.getResponseHeaders().set("Content-Type", this.contentType);
		exchange.sendResponseHeaders(200, 0);
		Watch watch = new Watch(exchange.getRequestURI().getQuery(),
				exchange.getRequestHeaders().getFirst("Last-Event-ID"), exchange.getResponseBody());
		watch.send(":hello\n\n");
		this.watches.add(watch);
		try {
			watch.ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		exchange.close();
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	public static String snapshot(String service, long revision) {
		return snapshot("reg-a", service, revision, false, "i1");
	}

	public static String snapshot(String registry, String service, long revision, boolean partial, String... ids) {
		StringBuilder instances = new StringBuilder();
		for (String id : ids) {
			instances.append(instances.isEmpty() ? "" : ",")
				.append("{\"id\":\"" + id + "\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\"}");
		}
		return "{\"registry\":\"" + registry + "\",\"service\":\"" + service + "\",\"revision\":" + revision
				+ ",\"partial\":" + partial + ",\"gone\":[],\"instances\":[" + instances + "],\"rules\":[],\"new\":1}";
	}

	static String event(String type, long id, String data) {
		return "event: " + type + "\nid: " + id + "\ndata: " + data + "\n\n";
	}

	/**
	 * One open stream.
	 */
	static final class Watch {

		final String query;

		final @Nullable String lastEventId;

		final CountDownLatch ended = new CountDownLatch(1);

		private final OutputStream out;

		private volatile boolean broken;

		Watch(String query, @Nullable String lastEventId, OutputStream out) {
			this.query = query;
			this.lastEventId = lastEventId;
			this.out = out;
		}

		synchronized void send(String text) {
			try {
				this.out.write(text.getBytes(StandardCharsets.UTF_8));
				this.out.flush();
			}
			catch (IOException ex) {
				this.broken = true;
			}
		}

		void service(String service, long revision) {
			send(event("service", revision, snapshot(service, revision)));
		}

		void sync(long revision) {
			send(event("sync", revision, "{\"revision\":" + revision + "}"));
		}

		boolean isBroken() {
			send(":are you there\n");
			return this.broken;
		}

		void end() {
			this.ended.countDown();
		}

	}

}
