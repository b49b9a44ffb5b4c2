package io.meshup.spring.inbound;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.spring.RunningApplication;
import io.meshup.traffic.table.ServiceTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the door of any application does with rate limits, whatever its web server.
 */
abstract class DoorContract {

	private static long revision;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@TempDir
	static Path cache;

	private static RunningApplication running;

	abstract Class<?> application();

	abstract WebApplicationType type();

	@BeforeEach
	void start() {
		if (running == null) {
			running = RunningApplication.start(application(), type(), cache, "mesh.registry.urls=http://127.0.0.1:9",
					"spring.lifecycle.timeout-per-shutdown-phase=1s");
		}
	}

	@AfterAll
	static void stop() {
		running.close();
		running = null;
	}

	private static int port() {
		return running.port();
	}

	private static ServiceTable table() {
		return running.context().getBean(ServiceTable.class);
	}

	@Test
	void answersInPlaceOfTheHandlerAndSaysWhy() throws Exception {
		rule("{'requests':1,'period':'1h'}");
		assertThat(get("/hello").statusCode()).isEqualTo(200);

		HttpResponse<String> refused = get("/hello");

		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValue("x-mesh-reason")).hasValue("rate-limited");
		assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(3500L, 3601L);
		assertThat(refused.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
		JsonNode problem = MeshJson.readTree(refused.body().getBytes(StandardCharsets.UTF_8));
		assertThat(problem.path("status").asInt()).isEqualTo(429);
		assertThat(problem.path("detail").asString()).contains("limits[0] of 'RateLimit/r");
	}

	@Test
	void keepsTheConnectionUsableAfterABodyThatNobodyRead() throws Exception {
		rule("{'requests':1,'period':'1h','match':{'method':'POST'}}");
		post("x");

		for (int size : new int[] { 10, 30_000 }) {
			assertThat(post("x".repeat(size)).statusCode()).isEqualTo(429);
			assertThat(get("/hello").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void givesEachHeaderValueItsOwnAllowance() throws Exception {
		rule("{'requests':2,'period':'1h','per':'header:x-key'}");

		assertThat(statuses(3, "x-key", "a")).containsExactly(200, 200, 429);
		assertThat(statuses(3, "x-key", "b")).containsExactly(200, 200, 429);
	}

	@Test
	void givesEachAddressItsOwnAllowance() throws Exception {
		rule("{'requests':2,'period':'1h','per':'ip'}");

		assertThat(statuses(3, "x-key", "a")).containsExactly(200, 200, 429);
	}

	@Test
	void countsOnlyWhatMatches() throws Exception {
		rule("{'requests':1,'period':'1h','match':{'headers':[{'name':'x-beta','value':'1'}]}}");

		assertThat(statuses(2, "x-beta", "1")).containsExactly(200, 429);
		assertThat(statuses(2, "x-beta", "2")).containsExactly(200, 200);
	}

	@Test
	void neverLimitsTheActuator() throws Exception {
		rule("{'requests':1,'period':'1h'}");

		for (int i = 0; i < 3; i++) {
			assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	// A name of its own for each rule, so that nothing of it is used up yet.
	private void rule(String limit) {
		revision++;
		String json = ("{'apiVersion':'meshup.io/v1','kind':'RateLimit','metadata':{'name':'r" + revision
				+ "'},'spec':{'service':'orders','limits':[" + limit + "]}}")
			.replace('\'', '"');
		table().apply(new ServiceSnapshot("door-tests", "orders", revision, false, List.of(), List.of(),
				List.of(MeshJson.readTree(json.getBytes(StandardCharsets.UTF_8)))));
	}

	private List<Integer> statuses(int times, String... header) throws Exception {
		return IntStream.range(0, times).mapToObj((i) -> {
			try {
				return get("/hello", header).statusCode();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

	private HttpResponse<String> post(String body) throws Exception {
		return send(request("/hello").POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> get(String path, String... headers) throws Exception {
		HttpRequest.Builder request = request(path);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(Duration.ofSeconds(30));
	}

}
