package io.meshup.registry.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A watcher over a real connection.
 */
final class EventReader implements AutoCloseable {

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private final InputStream body;

	private EventReader(InputStream body) {
		this.body = body;
		Thread thread = new Thread(this::read, "event-reader");
		thread.setDaemon(true);
		thread.start();
	}

	static EventReader open(String url, String token, Map<String, String> headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
			.header("Authorization", "Bearer " + token)
			.header("Accept", "text/event-stream");
		headers.forEach(request::header);
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		return new EventReader(response.body());
	}

	/**
	 * The next event about a service, past all others.
	 * @param service the service
	 * @return the event
	 */
	Event next(String service) throws InterruptedException {
		Event event = next();
		while (!event.data().path("service").asString("").equals(service)) {
			event = next();
		}
		return event;
	}

	Event next() throws InterruptedException {
		Event event = this.events.poll(30, TimeUnit.SECONDS);
		assertThat(event).as("an event within 10 s").isNotNull();
		return event;
	}

	@Override
	public void close() throws IOException {
		this.body.close();
	}

	private void read() {
		String type = "";
		long id = -1;
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.body, StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("event: ")) {
					type = line.substring(7);
				}
				else if (line.startsWith("id: ")) {
					id = Long.parseLong(line.substring(4));
				}
				else if (line.startsWith("data: ")) {
					this.events.add(
							new Event(type, id, MeshJson.readTree(line.substring(6).getBytes(StandardCharsets.UTF_8))));
				}
			}
			this.events.add(new Event("end", id, MeshJson.mapper().createObjectNode()));
		}
		catch (IOException ex) {
			this.events.add(new Event("broken", id, MeshJson.mapper().createObjectNode()));
		}
	}

	/**
	 * An event as it came.
	 *
	 * @param type its name
	 * @param id its id
	 * @param data its data
	 * @param nanos when it came
	 */
	record Event(String type, long id, JsonNode data, long nanos) {

		Event(String type, long id, JsonNode data) {
			this(type, id, data, System.nanoTime());
		}

		String status(String instance) {
			return this.data.path("instances")
				.valueStream()
				.filter((listed) -> listed.path("id").asString().equals(instance))
				.map((listed) -> listed.path("status").asString())
				.findFirst()
				.orElse("none");
		}

	}

}
