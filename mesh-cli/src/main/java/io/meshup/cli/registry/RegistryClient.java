package io.meshup.cli.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

/**
 * The operators' API of one registry. Every call answers or throws a
 * {@link CommandFailure}. Thread-safe.
 */
public final class RegistryClient {

	private static final String JSON = "application/json";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient http;

	private final URI address;

	private final Credentials credentials;

	private final String condition;

	/**
	 * A registry.
	 * @param address its URL
	 * @param credentials who one is there
	 * @param http how to reach it
	 */
	public RegistryClient(URI address, Credentials credentials, HttpClient http) {
		this(address, credentials, "", http);
	}

	private RegistryClient(URI address, Credentials credentials, String condition, HttpClient http) {
		this.http = http;
		this.address = address;
		this.credentials = credentials;
		this.condition = condition;
	}

	/**
	 * The same registry, asked to change only what nobody has changed since.
	 * @param revision the revision that must still be there, with or without quotes;
	 * empty for no condition
	 * @return another client
	 */
	public RegistryClient onlyAt(String revision) {
		String tag = revision.replace("\"", "").strip();
		if (!tag.isEmpty() && !tag.matches("[0-9]{1,16}|\\*")) {
			throw new CommandFailure(ExitCode.USAGE,
					"--if-match must be a revision such as 42, or * for whatever is there, but was '" + revision
							+ "'.");
		}
		String header = tag.equals("*") ? tag : "\"" + tag + "\"";
		return new RegistryClient(this.address, this.credentials, tag.isEmpty() ? "" : header, this.http);
	}

	/**
	 * The same registry as somebody else.
	 * @param other who
	 * @return another client
	 */
	public RegistryClient as(Credentials other) {
		return new RegistryClient(this.address, other, this.condition, this.http);
	}

	/**
	 * Where it is.
	 * @return its URL
	 */
	public URI address() {
		return this.address;
	}

	/**
	 * Reads.
	 * @param path what
	 * @return the tree
	 */
	public JsonNode get(ApiPath path) {
		return send("GET", path).tree();
	}

	/**
	 * Reads a text.
	 * @param path what
	 * @param type the media type that is wanted
	 * @return the body
	 */
	public String text(ApiPath path, String type) {
		return read(path, type).text();
	}

	/**
	 * Reads a text with its headers.
	 * @param path what
	 * @param type the media type that is wanted
	 * @return the answer
	 */
	public Answer read(ApiPath path, String type) {
		return send(request(path).header("Accept", type).GET());
	}

	/**
	 * Reads into a file, which is replaced as a whole once all has come; readable by its
	 * owner only.
	 * @param path what
	 * @param file where to
	 */
	public void download(ApiPath path, Path file) {
		exchange(() -> {
			HttpResponse<InputStream> response = this.http.send(request(path).header("Accept", "*/*").GET().build(),
					BodyHandlers.ofInputStream());
			try (InputStream body = response.body()) {
				boolean isRefused = response.statusCode() >= 300;
				Answer answer = accepted(
						answer(response, isRefused ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : ""));
				OwnFile.replace(file, body);
				return answer;
			}
		});
	}

	/**
	 * A call without a body.
	 * @param method its method
	 * @param path what
	 * @return the answer
	 */
	public Answer send(String method, ApiPath path) {
		return send(request(path).header("Accept", JSON).method(method, BodyPublishers.noBody()));
	}

	/**
	 * Posts a tree.
	 * @param path where
	 * @param body any wire value
	 * @return the answer
	 */
	public Answer post(ApiPath path, Object body) {
		return post(path, new String(MeshJson.write(body), StandardCharsets.UTF_8), JSON);
	}

	/**
	 * Posts a text as it is.
	 * @param path where
	 * @param body the text
	 * @param type its media type
	 * @return the answer
	 */
	public Answer post(ApiPath path, String body, String type) {
		return send(
				request(path).header("Accept", JSON).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
	}

	private HttpRequest.Builder request(ApiPath path) {
		String base = this.address.toString().replaceFirst("/+$", "");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path.text()));
		this.credentials.addTo(request);
		if (!this.condition.isEmpty()) {
			request.header("If-Match", this.condition);
		}
		return request.timeout(PATIENCE);
	}

	private Answer send(HttpRequest.Builder request) {
		return exchange(() -> {
			HttpResponse<String> response = this.http.send(request.build(),
					BodyHandlers.ofString(StandardCharsets.UTF_8));
			return accepted(answer(response, response.body()));
		});
	}

	private Answer exchange(Exchange exchange) {
		try {
			return exchange.run();
		}
		catch (FileSystemException ex) {
			throw new CommandFailure(ExitCode.USAGE, "Cannot write '" + ex.getFile() + "' ("
					+ ex.getClass().getSimpleName() + "). Name a file in a directory that you may write to.");
		}
		catch (IOException ex) {
			throw Refusals.unreachable(this.address, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CommandFailure(ExitCode.UNREACHABLE, "Interrupted while waiting for " + this.address + ".");
		}
	}

	private Answer accepted(Answer answer) {
		if (answer.status() >= 300) {
			throw Refusals.of(answer, this.address, this.credentials);
		}
		return answer;
	}

	private static Answer answer(HttpResponse<?> response, String body) {
		Map<String, String> headers = response.headers()
			.map()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(Locale.ROOT),
					(header) -> header.getValue().get(0), (first, second) -> first));
		return new Answer(response.statusCode(), headers, body);
	}

	@FunctionalInterface
	private interface Exchange {

		Answer run() throws IOException, InterruptedException;

	}

}
