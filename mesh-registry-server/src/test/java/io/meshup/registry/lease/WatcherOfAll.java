package io.meshup.registry.lease;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream of everything, of which only bytes and instances are counted.
 */
final class WatcherOfAll implements AutoCloseable {

	private static final String INSTANCE = "\"host\":";

	private static final int REMEMBERED = 1_000;

	private final InputStream body;

	private volatile long bytes;

	private volatile int instances;

	private volatile boolean isSynced;

	private final Deque<String> recent = new ConcurrentLinkedDeque<>();

	WatcherOfAll(String registry, String token) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/api/v1/watch?services=*&deltas=true"))
			.header("Authorization", "Bearer " + token)
			.header("Accept", "text/event-stream")
			.build();
		HttpResponse<InputStream> response = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.build()
			.send(request, HttpResponse.BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		this.body = response.body();
		Thread thread = new Thread(this::read, "watcher-of-all");
		thread.setDaemon(true);
		thread.start();
	}

	long bytes() {
		return this.bytes;
	}

	int instances() {
		return this.instances;
	}

	/**
	 * Whether there was nothing to tell for a while.
	 * @return whether it has all that there was
	 */
	boolean isSynced() {
		return this.isSynced;
	}

	/**
	 * Whether a text came lately.
	 * @param text part of an event
	 * @return whether one of the last events has it
	 */
	boolean saw(String text) {
		return this.recent.stream().anyMatch((event) -> event.contains(text));
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.body, StandardCharsets.ISO_8859_1))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				this.bytes += line.length() + 1;
				if (line.startsWith("data: ")) {
					this.instances += count(line);
					remember(line);
					this.isSynced |= !line.contains("\"service\":");
				}
			}
		}
		catch (IOException ex) {
			remember("broken: " + ex);
		}
	}

	private void remember(String event) {
		this.recent.add(event);
		if (this.recent.size() > REMEMBERED) {
			this.recent.remove();
		}
	}

	private static int count(String line) {
		int count = 0;
		for (int at = line.indexOf(INSTANCE); at >= 0; at = line.indexOf(INSTANCE, at + 1)) {
			count++;
		}
		return count;
	}

	@Override
	public void close() throws IOException {
		this.body.close();
	}

}
