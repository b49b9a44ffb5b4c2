package io.meshup.registry.history;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.model.MeshJson;
import io.meshup.registry.history.node.NodeSettings;
import io.meshup.registry.history.node.RegistryNode;
import io.meshup.registry.history.operation.Answer;
import io.meshup.registry.history.operation.Attempt;
import io.meshup.registry.history.operation.Version;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * The rules' API as its clients see it. A rule's content is the weight of its only
 * version. Thread-safe.
 */
final class RuleCalls {

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final Pattern PRESENT = Pattern.compile("is at revision (\\d+)|does not exist");

	private static final Pattern NOTHING_KEPT = Pattern.compile("was not kept|Nothing was changed");

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PATIENCE)
		.build();

	private final Set<String> odd = new ConcurrentSkipListSet<>();

	private final String authorization;

	/**
	 * Makes itself a token, which costs the nodes less than a password for each client
	 * after each start, and waits until all of them know it.
	 * @param nodes the nodes
	 */
	RuleCalls(List<RegistryNode> nodes) throws IOException, InterruptedException {
		String basic = "Basic " + Base64.getEncoder()
			.encodeToString(("admin:" + NodeSettings.PASSWORD).getBytes(StandardCharsets.UTF_8));
		String wanted = "{\"name\":\"t" + UUID.randomUUID() + "\",\"role\":\"operator\"}";
		HttpRequest.Builder request = HttpRequest.newBuilder(nodes.get(0).uri("/api/v1/tokens"))
			.header("Authorization", basic)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(wanted));
		this.authorization = "Bearer " + tree(send(request)).path("token").asString();
		nodes.forEach((node) -> Awaitility.await("the token at " + node.name())
			.ignoreExceptions()
			.until(() -> send(request(node, "none").GET()).statusCode() == 404));
	}

	/**
	 * Answers that no client should get, whatever happens to a node.
	 * @return empty when all is well
	 */
	Set<String> odd() {
		return Collections.unmodifiableSet(this.odd);
	}

	/**
	 * Asks a node to do it.
	 * @param node the node
	 * @param rule the rule
	 * @param attempt what to do
	 * @return what it answered
	 */
	Answer perform(RegistryNode node, String rule, Attempt attempt) throws InterruptedException {
		HttpRequest.Builder request = request(node, rule);
		if (attempt.kind() == Attempt.Kind.READ) {
			request.header("If-Match", "\"0\"");
		}
		else if (attempt.kind() == Attempt.Kind.CAS && attempt.expected() == Attempt.ABSENT) {
			request.header("If-None-Match", "*");
		}
		else if (attempt.kind() == Attempt.Kind.CAS) {
			request.header("If-Match", "\"" + attempt.expected() + "\"");
		}
		try {
			return answer(send(attempt.deletes() ? request.DELETE() : request.header("Content-Type", "application/json")
				.PUT(HttpRequest.BodyPublishers.ofString(document(rule, attempt.value())))));
		}
		catch (ConnectException | HttpConnectTimeoutException ex) {
			return Answer.refused();
		}
		catch (IOException ex) {
			return Answer.unknown();
		}
	}

	private Answer answer(HttpResponse<String> response) {
		switch (response.statusCode()) {
			case 200, 201 -> {
				return Answer.done(tag(response));
			}
			case 204 -> {
				return Answer.done(response.headers().firstValueAsLong("x-mesh-revision").orElseThrow());
			}
			case 412 -> {
				Matcher present = PRESENT.matcher(response.body());
				return (present.find() && present.group(1) != null) ? Answer.saw(Long.parseLong(present.group(1)))
						: Answer.saw(Attempt.ABSENT);
			}
			default -> {
				if (response.statusCode() != 503) {
					this.odd.add(response.statusCode() + " " + response.body());
				}
				return NOTHING_KEPT.matcher(response.body()).find() ? Answer.refused() : Answer.unknown();
			}
		}
	}

	/**
	 * Reads what a node has in its memory.
	 * @param node the node
	 * @param rule the rule
	 * @return what is there, or {@code null} when the node did not answer
	 */
	Version read(RegistryNode node, String rule) throws InterruptedException {
		try {
			HttpResponse<String> response = send(request(node, rule).GET());
			if (response.statusCode() == 404) {
				return Version.NOTHING;
			}
			return (response.statusCode() == 200) ? new Version(tag(response), value(tree(response))) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * What a node tells of a rule's past.
	 * @param node the node
	 * @param rule the rule
	 * @return all versions, oldest first
	 */
	List<Version> history(RegistryNode node, String rule) {
		HttpResponse<String> response = Awaitility.await("the history of " + rule + " at " + node.name())
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> send(request(node, rule + "/history").timeout(Duration.ofMinutes(1)).GET()),
					(answer) -> answer.statusCode() == 200 || answer.statusCode() == 404);
		if (response.statusCode() == 404) {
			return List.of();
		}
		List<Version> versions = new ArrayList<>();
		tree(response).path("versions").forEach((version) -> {
			boolean isDeletion = version.path("change").asString().equals("deleted");
			versions.add(new Version(version.path("revision").asLong(),
					isDeletion ? Attempt.ABSENT : value(version.path("document"))));
		});
		Collections.reverse(versions);
		return versions;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(RegistryNode node, String rule) {
		return HttpRequest.newBuilder(node.uri("/api/v1/rules/Route/" + rule))
			.timeout(PATIENCE)
			.header("Authorization", this.authorization);
	}

	private static String document(String rule, int value) {
		return """
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"%s"},"spec":{"service":"%s",\
				"rules":[{"backendRefs":[{"version":"v1","weight":%d}]}]}}""".formatted(rule, rule, value);
	}

	static int value(JsonNode document) {
		return document.at("/spec/rules/0/backendRefs/0/weight").asInt();
	}

	private static long tag(HttpResponse<String> response) {
		return Long.parseLong(response.headers().firstValue("ETag").orElseThrow().replace("\"", ""));
	}

	private static JsonNode tree(HttpResponse<String> response) {
		return MeshJson.readTree(response.body().getBytes(StandardCharsets.UTF_8));
	}

}
