package io.meshup.spring;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.meshup.control.RegistryClient;
import io.meshup.model.InstanceStatus;
import io.meshup.spring.drain.DrainListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How any web application leaves, whatever its web server.
 */
abstract class DrainContract {

	private static final Duration SOON = Duration.ofSeconds(20);

	static volatile CountDownLatch arrived = new CountDownLatch(1);

	static volatile CompletableFuture<String> slow = new CompletableFuture<>();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@TempDir
	Path cache;

	private FakeRegistry registry;

	private RunningApplication app;

	abstract Class<?> application();

	abstract WebApplicationType type();

	@BeforeEach
	void start() throws Exception {
		arrived = new CountDownLatch(1);
		slow = new CompletableFuture<>();
		this.registry = new FakeRegistry();
		this.app = RunningApplication.start(application(), type(), this.cache,
				"mesh.registry.urls=" + this.registry.url());
		await().atMost(SOON).until(() -> this.registry.calls().stream().anyMatch((call) -> call.endsWith(" UP")));
	}

	@AfterEach
	void stop() {
		this.registry.awaited().clear();
		this.app.close();
		this.registry.close();
	}

	RunningApplication app() {
		return this.app;
	}

	@Test
	void servesUntilTheCallersHaveConfirmedAndFinishesWhatIsInFlight() throws Exception {
		CompletableFuture<HttpResponse<String>> inFlight = sendSlow();
		this.registry.awaited().add("storefront/h-1");
		CompletableFuture<Void> closing = CompletableFuture.runAsync(this.app::close);
		awaitBeats(3);

		HttpResponse<String> late = this.http.send(HttpRequest.newBuilder(request("/hello"), (name, value) -> true)
			.header("x-mesh-source", "shop")
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(late.statusCode()).isEqualTo(200);
		assertThat(wasCalled()).isTrue();
		await().atMost(SOON).until(() -> !wasCalled());
		assertThat(late.headers().firstValue("Connection")).contains("close");
		assertThat(closing).isNotDone();
		this.registry.awaited().clear();

		slow.complete("slow");
		assertThat(inFlight.get(10, TimeUnit.SECONDS).body()).isEqualTo("slow");
		closing.get(20, TimeUnit.SECONDS);
		assertThat(this.registry.calls().get(this.registry.calls().size() - 1)).startsWith("DELETE ");
	}

	@Test
	void beatsWhileItFinishesWhatIsInFlight() throws Exception {
		CompletableFuture<HttpResponse<String>> inFlight = sendSlow();
		CompletableFuture<Void> closing = CompletableFuture.runAsync(this.app::close);

		awaitBeats(4);
		assertThat(closing).isNotDone();
		slow.complete("slow");
		assertThat(inFlight.get(10, TimeUnit.SECONDS).body()).isEqualTo("slow");
		closing.get(20, TimeUnit.SECONDS);
	}

	@Test
	void tellsEventStreamsToGo() throws Exception {
		List<InputStream> streams = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			HttpResponse<InputStream> response = this.http.send(request("/events"),
					HttpResponse.BodyHandlers.ofInputStream());
			assertThat(new String(response.body().readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("data:");
			streams.add(response.body());
		}
		long began = System.nanoTime();

		this.app.close();

		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
		for (InputStream stream : streams) {
			assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).endsWith("\n\n");
		}
	}

	@Test
	void doesNotWaitForARegistryThatIsAway() {
		this.registry.awaited().add("storefront/h-1");
		this.registry.close();
		await().atMost(SOON).until(() -> !this.app.context().getBean(RegistryClient.class).state().joined());
		long began = System.nanoTime();

		this.app.close();

		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
	}

	private boolean wasCalled() {
		return this.app.context()
			.getBeansOfType(DrainListener.class)
			.values()
			.stream()
			.filter(DrainListener::wasCalled)
			.count() > 0;
	}

	private void awaitBeats(int count) {
		await().atMost(SOON)
			.until(() -> this.registry.beats()
				.stream()
				.filter((beat) -> beat.status() == InstanceStatus.DRAINING)
				.count() >= count);
	}

	private CompletableFuture<HttpResponse<String>> sendSlow() throws InterruptedException {
		CompletableFuture<HttpResponse<String>> inFlight = send("/slow");
		assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
		return inFlight;
	}

	private CompletableFuture<HttpResponse<String>> send(String path) {
		return this.http.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.app.port() + path))
			.timeout(Duration.ofSeconds(30))
			.build();
	}

}
