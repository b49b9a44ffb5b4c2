package io.meshup.e2e.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

/**
 * A plain HTTP client for the tests, outside of the mesh.
 */
public final class Http {

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PatientWaits.LIMIT)
		.build();

	public HttpResponse<String> send(String method, URI uri, String body, List<String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(120))
			.method(method, HttpRequest.BodyPublishers.ofString(body));
		if (!headers.isEmpty()) {
			request.headers(headers.toArray(String[]::new));
		}
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	public String get(URI uri) {
		HttpResponse<String> response = send("GET", uri, "", List.of());
		if (response.statusCode() != 200) {
			throw new IllegalStateException(uri + " answered " + response.statusCode() + ": " + response.body());
		}
		return response.body();
	}

	public JsonNode getJson(URI uri) {
		return json(get(uri));
	}

	public static JsonNode json(String text) {
		return MeshJson.readTree(text.getBytes(StandardCharsets.UTF_8));
	}

	public static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
