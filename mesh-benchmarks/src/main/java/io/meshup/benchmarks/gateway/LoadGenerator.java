package io.meshup.benchmarks.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * A closed loop on kept-alive connections: each sends its next request when the last was
 * answered. One thread over plain sockets, so that it takes as little of the machine as
 * it can. Not thread-safe.
 */
final class LoadGenerator {

	private final int connections;

	private final byte[] request;

	LoadGenerator(int connections, String path) {
		this.connections = connections;
		this.request = ("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\nAccept: application/json\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Loads a server.
	 * @param port where it listens on 127.0.0.1
	 * @param time for how long
	 * @param nanos what each answer took
	 * @return good answers per second
	 */
	double run(int port, Duration time, Histogram nanos) {
		try (Selector selector = Selector.open()) {
			List<LoadConnection> all = open(selector, port);
			long start = System.nanoTime();
			long end = start + time.toNanos();
			long answers = 0;
			for (long now = start; now < end; now = System.nanoTime()) {
				selector.select(100);
				for (SelectionKey key : selector.selectedKeys()) {
					answers += ((LoadConnection) key.attachment()).read(nanos) ? 1 : 0;
				}
				selector.selectedKeys().clear();
			}
			double seconds = (System.nanoTime() - start) / 1e9;
			for (LoadConnection connection : all) {
				connection.close();
			}
			return answers / seconds;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the server on port " + port + " failed", ex);
		}
	}

	private List<LoadConnection> open(Selector selector, int port) throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		List<LoadConnection> all = new ArrayList<>();
		for (int i = 0; i < this.connections; i++) {
			LoadConnection connection = new LoadConnection(address, this.request);
			connection.register(selector);
			all.add(connection);
		}
		for (LoadConnection connection : all) {
			connection.send();
		}
		return all;
	}

}
