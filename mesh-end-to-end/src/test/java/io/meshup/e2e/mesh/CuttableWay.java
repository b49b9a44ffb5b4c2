package io.meshup.e2e.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way of one process to a server, which can be cut and restored.
 */
public final class CuttableWay implements AutoCloseable {

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ServerSocket entrance;

	private final String host;

	private final int port;

	private volatile boolean cut;

	public CuttableWay(String host, int port) {
		this.host = host;
		this.port = port;
		try {
			this.entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	public int port() {
		return this.entrance.getLocalPort();
	}

	/**
	 * Breaks what is open and takes nothing new.
	 */
	public void cut() {
		this.cut = true;
		this.sockets.forEach(CuttableWay::close);
	}

	public void restore() {
		this.cut = false;
	}

	private void accept() {
		try {
			while (true) {
				Socket here = this.entrance.accept();
				start(() -> connect(here));
			}
		}
		catch (IOException ex) {
			// The test is over.
		}
	}

	private void connect(Socket here) {
		try {
			if (this.cut) {
				here.close();
				return;
			}
			Socket there = new Socket(this.host, this.port);
			this.sockets.add(here);
			this.sockets.add(there);
			start(() -> carry(here, there));
			carry(there, here);
		}
		catch (IOException ex) {
			close(here);
		}
	}

	private void carry(Socket from, Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// One side is gone, and now the other one, too.
		}
		this.sockets.remove(from);
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "cuttable-way");
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
			this.entrance.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

}
