package io.meshup.e2e.full;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.JavaProcess;
import io.meshup.e2e.mesh.Balancer;
import io.meshup.e2e.mesh.SharedMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance with open streams (T4) and gateways (T6) that are stopped under load cost
 * no call. Long runs.
 */
@ExtendWith(SharedMesh.Resolver.class)
@Order(SharedMesh.LAST)
class LongDepartureIntegrationTests {

	private static final int STREAMS = 50;

	private static final int PER_SECOND = 300;

	private static final Pattern DRAINED = Pattern.compile("Drained in (\\d+) ms: .*");

	private static SharedMesh shared;

	@BeforeAll
	static void start(SharedMesh mesh) {
		shared = mesh;
		mesh.removeRoute();
	}

	@Test
	void losesNoCallWhenAnInstanceWithOpenStreamsIsStopped() throws Exception {
		JavaProcess leaving = shared.mesh().probe("stock", "v1").awaitStarted();
		shared.mesh().awaitUp("stock", 3);
		List<InputStream> streams = open(leaving.uri("/events"));
		URI calls = shared.shop().uri("/relay?uri=" + Http.encode("http://stock/who"));
		try (OpenLoad load = OpenLoad.start(calls, PER_SECOND)) {
			awaitSent(load, 10_000);
			long begun = System.nanoTime();
			leaving.stop();
			long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
			awaitSent(load, 30_000);

			assertThat(load.finish().failed()).as("of %d calls", load.sent()).isEmpty();
			System.out.printf("T4: %d calls, 0 failed; with %d open streams it ended %d ms after SIGTERM. %s%n",
					load.sent(), STREAMS, took, drained(leaving));
		}
		for (InputStream stream : streams) {
			assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).endsWith("\n\n");
		}
		shared.mesh().awaitUp("stock", 2);
	}

	@Test
	void losesNoCallWhenTwoGatewaysAreRestartedInTurn() {
		List<JavaProcess> gateways = new ArrayList<>(List.of(gateway(0), gateway(0)));
		gateways.forEach(JavaProcess::awaitStarted);
		List<URI> addresses = gateways.stream().map((gateway) -> gateway.uri("/")).toList();
		List<HttpRequest> requests = List.of(HttpRequest.newBuilder(addresses.get(0).resolve("/stock/who")).build(),
				HttpRequest.newBuilder(addresses.get(0).resolve("/stock/echo"))
					.POST(HttpRequest.BodyPublishers.ofString("hello"))
					.build());
		try (Balancer balancer = new Balancer(addresses);
				OpenLoad load = OpenLoad.start(requests, PER_SECOND, balancer)) {
			for (int i = 0; i < 6; i++) {
				int index = i % 2;
				awaitSent(load, load.sent() + 1_000);
				Awaitility.await().until(() -> addresses.stream().noneMatch(balancer::isAway));
				long begun = System.nanoTime();
				gateways.get(index).stop();
				System.out.printf("T6: gateway %d stopped in %d ms after %d calls, failed so far %s. %s%n", index,
						Duration.ofNanos(System.nanoTime() - begun).toMillis(), load.sent(), load.failures(),
						drained(gateways.get(index)));
				gateways.set(index, gateway(addresses.get(index).getPort()).awaitStarted());
			}
			awaitSent(load, load.sent() + 1_000);

			assertThat(load.finish().failed()).as("of %d calls", load.sent()).isEmpty();
		}
		finally {
			gateways.forEach(JavaProcess::close);
		}
	}

	private static JavaProcess gateway(int port) {
		return shared.mesh().gatewayOn(port, "--mesh.drain.delay=1s");
	}

	private static String drained(JavaProcess process) {
		Matcher line = DRAINED.matcher(process.output());
		return line.find() ? line.group() : "";
	}

	private static List<InputStream> open(URI uri) throws IOException, InterruptedException {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		List<InputStream> streams = new ArrayList<>();
		for (int i = 0; i < STREAMS; i++) {
			InputStream stream = client
				.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream())
				.body();
			assertThat(new String(stream.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("data:");
			streams.add(stream);
		}
		return streams;
	}

	private static void awaitSent(OpenLoad load, long calls) {
		Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> load.sent() >= calls);
	}

}
