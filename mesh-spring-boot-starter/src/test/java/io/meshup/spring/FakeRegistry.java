package io.meshup.spring;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.Beat;
import io.meshup.model.beat.DrainProgress;
import io.meshup.model.beat.LeaseGrant;

/**
 * A registry that writes down what participants say and sends the snapshots it is given.
 */
public final class FakeRegistry implements AutoCloseable {

	private static final String NAME = "6f1c2a52-7d0e-4f43-9a32-6f6f9a0f5b11";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final List<Beat> beats = new CopyOnWriteArrayList<>();

	private final List<ServiceSnapshot> snapshots = new CopyOnWriteArrayList<>();

	private final List<OutputStream> lines = new CopyOnWriteArrayList<>();

	private final AtomicLong revision = new AtomicLong(1);

	private final CountDownLatch closing = new CountDownLatch(1);

	private final Set<String> awaited = new ConcurrentSkipListSet<>();

	private volatile Duration beatInterval = Duration.ofMillis(200);

	private volatile String expectedToken = "";

	private volatile Runnable atDrain = () -> {
	};

	public FakeRegistry() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/api/v1/services/", this::services);
		this.server.createContext("/api/v1/watch", this::watch);
		this.server.start();
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	public void expectToken(String token) {
		this.expectedToken = token;
	}

	public void beatEach(Duration interval) {
		this.beatInterval = interval;
	}

	public void atDrain(Runnable check) {
		this.atDrain = check;
	}

	/**
	 * Sends a snapshot to all watchers, present and later ones.
	 * @param snapshot built for a revision
	 */
	public void publish(ServiceSnapshot snapshot) {
		this.revision.set(Math.max(this.revision.get(), snapshot.revision()));
		this.snapshots.add(snapshot);
		for (OutputStream line : this.lines) {
			sendNames(line);
			send(line, snapshot);
		}
	}

	public static ServiceSnapshot snapshot(String service, long revision, List<Instance> instances, String... rules) {
		return new ServiceSnapshot(NAME, service, revision, false, List.of(), instances,
				Stream.of(rules).map((rule) -> MeshJson.readTree(rule.getBytes(StandardCharsets.UTF_8))).toList());
	}

	/**
	 * Who has not confirmed that an instance drains.
	 * @return nobody, unless a test adds somebody
	 */
	public Set<String> awaited() {
		return this.awaited;
	}

	public List<Beat> beats() {
		return List.copyOf(this.beats);
	}

	/**
	 * What was called so far.
	 * @return for example {@code PUT /api/v1/services/orders/instances/a UP}
	 */
	public List<String> calls() {
		return List.copyOf(this.calls);
	}

	@Override
	public void close() {
		this.closing.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void services(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
		if (!isAuthorized(exchange)) {
			this.calls.add(call + " 401");
			answer(exchange, 401, "{}".getBytes(StandardCharsets.UTF_8));
			return;
		}
		if (exchange.getRequestMethod().equals("PUT")) {
			Beat beat = MeshJson.read(body, Beat.class);
			this.beats.add(beat);
			this.calls.add(call + " " + beat.status());
			answer(exchange, 200, MeshJson.write(grant(beat)));
			return;
		}
		this.calls.add(call);
		answer(exchange, 204, new byte[0]);
	}

	private LeaseGrant grant(Beat beat) {
		boolean isDraining = beat.status() == InstanceStatus.DRAINING;
		if (isDraining) {
			this.atDrain.run();
		}
		List<String> callers = List.copyOf(this.awaited);
		return new LeaseGrant(
				Duration.ofMillis(3500), this.beatInterval, this.revision.get(), isDraining
						? new DrainProgress(this.revision.get(), callers, callers.size(), 0, callers.isEmpty()) : null,
				Map.of(), false);
	}

	private void watch(HttpExchange exchange) throws IOException {
		if (!isAuthorized(exchange)) {
			answer(exchange, 401, "{}".getBytes(StandardCharsets.UTF_8));
			return;
		}
		exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
		exchange.sendResponseHeaders(200, 0);
		OutputStream line = exchange.getResponseBody();
		sendNames(line);
		this.snapshots.forEach((snapshot) -> send(line, snapshot));
		this.lines.add(line);
		try {
			while (!this.closing.await(500, TimeUnit.MILLISECONDS)) {
				write(line, "event: sync\nid: " + this.revision + "\ndata: {\"registry\":\"" + NAME + "\",\"revision\":"
						+ this.revision + "}\n\n");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lines.remove(line);
			exchange.close();
		}
	}

	private boolean isAuthorized(HttpExchange exchange) {
		return this.expectedToken.isEmpty()
				|| ("Bearer " + this.expectedToken).equals(exchange.getRequestHeaders().getFirst("Authorization"));
	}

	private void sendNames(OutputStream line) {
		Set<String> names = new TreeSet<>();
		this.snapshots.forEach((snapshot) -> names.add(snapshot.service()));
		names.remove("*");
		try {
			write(line,
					"event: names\ndata: {\"registry\":\"" + NAME + "\",\"names\":"
							+ new String(MeshJson.write(names), StandardCharsets.UTF_8) + ",\"sticky\":"
							+ new String(MeshJson.write(stickyKeys()), StandardCharsets.UTF_8) + "}\n\n");
		}
		catch (IOException ex) {
			// As below.
		}
	}

	private Set<String> stickyKeys() {
		Set<String> keys = new TreeSet<>();
		this.snapshots.stream()
			.flatMap((snapshot) -> snapshot.rules().stream())
			.flatMap((rule) -> rule.path("spec").path("rules").valueStream())
			.map((rule) -> rule.path("sticky").path("header").asString(""))
			.filter((header) -> !header.isEmpty())
			.forEach((header) -> keys.add("header:" + header));
		return keys;
	}

	private static void send(OutputStream line, ServiceSnapshot snapshot) {
		try {
			write(line, "event: service\nid: " + snapshot.revision() + "\ndata: "
					+ new String(MeshJson.write(snapshot), StandardCharsets.UTF_8) + "\n\n");
		}
		catch (IOException ex) {
			// The watcher went away; that is not this test's matter.
		}
	}

	private static synchronized void write(OutputStream line, String event) throws IOException {
		line.write(event.getBytes(StandardCharsets.UTF_8));
		line.flush();
	}

	private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		if (body.length > 0) {
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

}
