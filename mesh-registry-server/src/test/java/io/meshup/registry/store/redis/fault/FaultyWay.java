package io.meshup.registry.store.redis.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A way to Redis that can fall silent without closing anything, as a firewall that drops
 * all packets does, can take long, or can break.
 */
public final class FaultyWay implements AutoCloseable {

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile String host;

	private volatile int port;

	private volatile boolean silent;

	private volatile boolean refusing;

	private volatile boolean deaf;

	private volatile long delayMillis;

	private volatile byte[] wanted = new byte[0];

	private volatile byte[] replacement = new byte[0];

	private final AtomicReference<Ambush> ambush = new AtomicReference<>();

	/**
	 * A way that carries everything.
	 * @param host where Redis is
	 * @param port its port
	 */
	public FaultyWay(String host, int port) {
		this.host = host;
		this.port = port;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	/**
	 * Where it begins, on 127.0.0.1.
	 * @return the port
	 */
	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Leads elsewhere from now on.
	 * @param to the host
	 * @param at the port
	 */
	void leadTo(String to, int at) {
		this.host = to;
		this.port = at;
	}

	/**
	 * Swallows all bytes, of new connections too.
	 */
	public void fallSilent() {
		this.silent = true;
	}

	/**
	 * Carries all that is asked and swallows all that is answered, so that nobody knows
	 * what became of it.
	 */
	public void loseAnswers() {
		this.deaf = true;
	}

	/**
	 * Carries bytes again; what was swallowed is lost, so those connections are dead.
	 */
	public void speakAgain() {
		this.silent = false;
		this.refusing = false;
		this.deaf = false;
	}

	/**
	 * Breaks every connection and takes no new one.
	 */
	public void refuse() {
		this.refusing = true;
		cut();
	}

	/**
	 * Holds what is asked back.
	 * @param millis how long each piece
	 */
	public void delay(long millis) {
		this.delayMillis = millis;
	}

	/**
	 * Puts other words in the place of some, in what is asked.
	 * @param words what is to be replaced
	 * @param others what comes in its place, of the same length
	 */
	public void replace(String words, String others) {
		this.replacement = others.getBytes(StandardCharsets.ISO_8859_1);
		this.wanted = words.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Does something in the very moment in which certain words come by.
	 * @param next what is awaited, and what happens; nothing is awaited with {@code null}
	 */
	public void await(Ambush next) {
		this.ambush.set(next);
	}

	/**
	 * Breaks every connection.
	 */
	void cut() {
		this.sockets.forEach(FaultyWay::close);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				this.sockets.add(client);
				start(() -> connect(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void connect(Socket client) {
		if (this.refusing) {
			close(client);
			return;
		}
		try {
			Socket redis = new Socket(this.host, this.port);
			this.sockets.add(redis);
			start(() -> carry(client, redis, true));
			carry(redis, client, false);
		}
		catch (IOException ex) {
			close(client);
		}
	}

	private void carry(Socket from, Socket to, boolean isThere) {
		boolean dead = false;
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[65_536];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				dead = dead || this.silent || (this.deaf && !isThere);
				if (isThere && this.delayMillis > 0) {
					Thread.sleep(this.delayMillis);
				}
				if (isThere) {
					replace(buffer, read);
				}
				Ambush met = isThere ? met(buffer, read) : null;
				if (met != null && met.isBefore()) {
					met.action().run();
				}
				if (!dead && !this.silent) {
					out.write(buffer, 0, read);
				}
				if (met != null && !met.isBefore()) {
					met.action().run();
				}
			}
		}
		catch (IOException ex) {
			// One side is gone, so the other is closed too.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.sockets.remove(from);
		this.sockets.remove(to);
	}

	private void replace(byte[] buffer, int length) {
		byte[] words = this.wanted;
		for (int at = find(words, buffer, length, 0); at >= 0; at = find(words, buffer, length, at + 1)) {
			System.arraycopy(this.replacement, 0, buffer, at, words.length);
		}
	}

	private Ambush met(byte[] buffer, int length) {
		Ambush present = this.ambush.get();
		boolean isMet = present != null
				&& find(present.words().getBytes(StandardCharsets.ISO_8859_1), buffer, length, 0) >= 0;
		return (isMet && this.ambush.compareAndSet(present, null)) ? present : null;
	}

	private static int find(byte[] words, byte[] buffer, int length, int from) {
		for (int at = from; words.length > 0 && at + words.length <= length; at++) {
			if (Arrays.equals(buffer, at, at + words.length, words, 0, words.length)) {
				return at;
			}
		}
		return -1;
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "faulty-way");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

	/**
	 * Waits for words on their way to Redis.
	 *
	 * @param words the words
	 * @param isBefore whether it happens before they are carried on, else just after
	 * @param action what happens
	 */
	public record Ambush(String words, boolean isBefore, Runnable action) {
	}

}
