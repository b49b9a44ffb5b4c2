package io.meshup.spring.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A host that lets nobody in and answers nobody, as one behind a firewall that drops
 * packets: with its queue full the kernel drops what knocks.
 */
public final class FullBacklog implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

	private final List<Socket> waiting = new ArrayList<>();

	public FullBacklog() throws IOException {
		for (int i = 0; i < 8; i++) {
			Socket socket = new Socket();
			this.waiting.add(socket);
			try {
				socket.connect(this.server.getLocalSocketAddress(), 100);
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	public int port() {
		return this.server.getLocalPort();
	}

	@Override
	public void close() throws IOException {
		for (Socket socket : this.waiting) {
			socket.close();
		}
		this.server.close();
	}

}
