package io.meshup.control.link;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

import io.meshup.model.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Writes the three calls of a participant as HTTP requests.
 */
public final class RegistryRequests {

	private static final Duration SIGN_LIMIT = Duration.ofSeconds(2);

	private final String service;

	private final String incarnation;

	private final String trustDomain;

	private final Supplier<@Nullable String> token;

	/**
	 * Makes requests of one process.
	 * @param service its service
	 * @param incarnation its random name
	 * @param trustDomain the mesh that it belongs to, empty where that does not matter
	 * @param token the join token
	 */
	public RegistryRequests(String service, String incarnation, String trustDomain, Supplier<@Nullable String> token) {
		this.trustDomain = trustDomain;
		this.service = service;
		this.incarnation = incarnation;
		this.token = token;
	}

	public String service() {
		return this.service;
	}

	public String incarnation() {
		return this.incarnation;
	}

	public HttpRequest beat(URI registry, String id, byte[] body) {
		return request(registry, instancePath(id)).header("Content-Type", "application/json")
			.header("Accept", "application/json, application/problem+json")
			.PUT(BodyPublishers.ofByteArray(body))
			.build();
	}

	/**
	 * Asks a registry whether it is there at all, which costs it next to nothing.
	 * @param registry its base URL
	 * @return the request
	 */
	public HttpRequest signOfLife(URI registry) {
		return request(registry, "/api/v1/alive").timeout(SIGN_LIMIT).GET().build();
	}

	/**
	 * Asks a registry whether it is well enough to go to.
	 * @param registry its base URL
	 * @return the request
	 */
	public HttpRequest health(URI registry) {
		return request(registry, "/actuator/health").timeout(SIGN_LIMIT).GET().build();
	}

	public HttpRequest leave(URI registry, String id) {
		return request(registry, instancePath(id) + "?incarnation=" + encode(this.incarnation)).DELETE().build();
	}

	/**
	 * The watch.
	 * @param registry its base URL
	 * @param id the instance whose line this is, or {@code null} for a reader
	 * @param resume what to ask for
	 * @return the request, without any time limit
	 */
	public HttpRequest watch(URI registry, @Nullable String id, Resume resume) {
		StringBuilder path = new StringBuilder("/api/v1/watch?services=")
			.append(encode(String.join(",", resume.services())))
			.append("&deltas=true");
		if (!resume.services().contains(ServiceName.MESH_WIDE)) {
			path.append("&names=true&like=").append(this.service);
		}
		if (!resume.fresh().isEmpty()) {
			path.append("&fresh=").append(encode(String.join(",", resume.fresh())));
		}
		if (id != null) {
			path.append("&instance=").append(encode(this.service + "/" + id));
			path.append("&incarnation=").append(encode(this.incarnation));
		}
		HttpRequest.Builder request = request(registry, path.toString()).header("Accept", "text/event-stream")
			.header("Cache-Control", "no-cache");
		if (resume.after() >= 0) {
			request.header("Last-Event-ID", Long.toString(resume.after()));
		}
		if (!resume.registry().isEmpty()) {
			request.header("x-mesh-known-registry", resume.registry());
		}
		return request.build();
	}

	private String instancePath(String id) {
		return "/api/v1/services/" + encode(this.service) + "/instances/" + encode(id);
	}

	private HttpRequest.Builder request(URI registry, String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(registry + path));
		if (!this.trustDomain.isEmpty()) {
			request.header("x-mesh-trust-domain", this.trustDomain);
		}
		String secret = this.token.get();
		if (secret != null && !secret.isBlank()) {
			request.header("Authorization", "Bearer " + checked(secret.strip()));
		}
		return request;
	}

	private static String checked(String secret) {
		if (secret.chars().anyMatch((character) -> character <= ' ' || character > '~')) {
			throw new IllegalStateException("the join token has blanks or other characters that cannot be sent; "
					+ "set mesh.registry.token or mesh.registry.token-file to one line of visible ASCII");
		}
		return secret;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2C", ",");
	}

}
