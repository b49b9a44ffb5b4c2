package io.meshup.spring.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on this machine and passes their bytes on, or does
 * what a {@link Fault} says. Faults hold for the connections that are open when they are
 * set, for new ones, or for both. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

	private final ServerSocket server;

	private final int target;

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private final AtomicInteger accepted = new AtomicInteger();

	private volatile Fault fault = Fault.NONE;

	private volatile int idleMillis;

	private volatile long lastRequest = System.nanoTime();

	private FaultProxy(int port, int target) throws IOException {
		this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		this.target = target;
		start(this::accept);
	}

	/**
	 * Starts a proxy without a fault.
	 * @param port where the server listens
	 * @return a running proxy
	 * @throws IOException when no port is free
	 */
	public static FaultProxy to(int port) throws IOException {
		return new FaultProxy(0, port);
	}

	/**
	 * Starts a proxy at an address where something was before.
	 * @param own the port that it listens on
	 * @param port where the server listens
	 * @return a running proxy
	 * @throws IOException when the port is taken
	 */
	public static FaultProxy at(int own, int port) throws IOException {
		return new FaultProxy(own, port);
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * How many connections came.
	 * @return their number since the start
	 */
	public int accepted() {
		return this.accepted.get();
	}

	/**
	 * How many connections are open.
	 * @return their number
	 */
	public int open() {
		return this.links.size();
	}

	/**
	 * When the client sent something last, whether it passed or not.
	 * @return a nano time
	 */
	public long lastRequest() {
		return this.lastRequest;
	}

	/**
	 * Sets what happens to the bytes of all connections.
	 * @param next the fault
	 * @return this proxy
	 */
	public FaultProxy set(Fault next) {
		this.fault = next;
		this.links.forEach((link) -> link.fault = next);
		return this;
	}

	/**
	 * Sets what happens to the bytes of new connections; those that are open keep what
	 * they have.
	 * @param next the fault
	 * @return this proxy
	 */
	public FaultProxy setForNew(Fault next) {
		this.fault = next;
		return this;
	}

	/**
	 * Closes connections on which nothing came since an answer, as servers do with
	 * kept-alive ones. For connections that come after this.
	 * @param idle how long
	 * @return this proxy
	 */
	public FaultProxy closeIdleAfter(Duration idle) {
		this.idleMillis = (int) idle.toMillis();
		return this;
	}

	/**
	 * Resets all connections that are open.
	 * @throws IOException when a socket cannot be closed
	 */
	public void cut() throws IOException {
		for (Link link : this.links) {
			link.up.reset();
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

	private void accept() throws IOException {
		while (!this.server.isClosed()) {
			Socket client = this.server.accept();
			this.accepted.incrementAndGet();
			client.setTcpNoDelay(true);
			client.setSoTimeout((this.idleMillis > 0) ? 1 : 0);
			Socket upstream = connect(this.target, client);
			if (upstream != null) {
				Link link = new Link(client, upstream, this.fault);
				this.links.add(link);
				if (this.server.isClosed()) {
					link.up.reset();
				}
				start(() -> pump(link, link.up));
				start(() -> pump(link, link.down));
			}
		}
	}

	private static @Nullable Socket connect(int port, Socket client) throws IOException {
		try {
			Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port);
			upstream.setTcpNoDelay(true);
			return upstream;
		}
		catch (IOException ex) {
			client.setSoLinger(true, 0);
			client.close();
			return null;
		}
	}

	private void pump(Link link, Wire wire) throws IOException, InterruptedException {
		byte[] buffer = new byte[16 * 1024];
		try {
			int read = read(link, wire, buffer);
			while (read >= 0) {
				link.note(wire.isAnswer());
				if (!wire.isAnswer()) {
					this.lastRequest = System.nanoTime();
				}
				link.fault.carry(Arrays.copyOf(buffer, read), wire);
				read = read(link, wire, buffer);
			}
			wire.end();
		}
		catch (IOException ex) {
			wire.reset();
		}
		finally {
			this.links.remove(link);
		}
	}

	// Looks every millisecond whether the connection is idle, if that matters.
	private int read(Link link, Wire wire, byte[] buffer) throws IOException {
		while (true) {
			try {
				return wire.from().getInputStream().read(buffer);
			}
			catch (SocketTimeoutException ex) {
				if (link.isIdle(this.idleMillis)) {
					return -1;
				}
			}
		}
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// The test closed the sockets, or a peer went away.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "fault-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private interface Work {

		void run() throws IOException, InterruptedException;

	}

	/**
	 * One connection: to the server and back.
	 */
	private static final class Link {

		private final Wire up;

		private final Wire down;

		private volatile Fault fault;

		private volatile boolean answered;

		private volatile long last = System.nanoTime();

		private Link(Socket client, Socket upstream, Fault fault) {
			this.up = new Wire(client, upstream, false);
			this.down = new Wire(upstream, client, true);
			this.fault = fault;
		}

		private void note(boolean answer) {
			this.last = System.nanoTime();
			this.answered = answer;
		}

		private boolean isIdle(long millis) {
			return this.answered && System.nanoTime() - this.last >= millis * 1_000_000;
		}

	}

}
