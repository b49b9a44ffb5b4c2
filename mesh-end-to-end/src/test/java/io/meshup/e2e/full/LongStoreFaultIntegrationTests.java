package io.meshup.e2e.full;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.meshup.e2e.machine.Command;
import io.meshup.e2e.machine.JavaProcess;
import io.meshup.e2e.machine.Requirement;
import io.meshup.e2e.mesh.RunningRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry whose disk is full or read-only, whose directory is taken, or that has no
 * files left (T31, T33 to T35). Long runs; those that mount a file system need root.
 */
class LongStoreFaultIntegrationTests {

	private static final Path MOUNT = Path.of("target", "e2e", "small-disk").toAbsolutePath();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private RunningRegistry registry;

	@BeforeEach
	void mount() throws IOException {
		Files.createDirectories(MOUNT);
		Requirement.check(Command.run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", MOUNT.toString()) == 0,
				"A file system of 16 MB cannot be mounted. Run as root.");
	}

	@AfterEach
	void unmount() {
		if (this.registry != null) {
			this.registry.close();
		}
		Command.run("umount", MOUNT.toString());
	}

	@Test
	void takesNoWritesOnAFullDiskAndTakesThemAgainWithSpace() throws Exception {
		this.registry = RunningRegistry.start(MOUNT.resolve("data"));
		write(1);
		InputStream watch = watch();
		Path filler = MOUNT.resolve("filler");
		Command.run("sh", "-c", "dd if=/dev/zero of=" + filler + " bs=4k 2>/dev/null");

		long begun = System.nanoTime();
		Answer refused = untilAnswer(2, (answer) -> answer.status() != 200 && answer.status() != 201);
		System.out.printf("T31: %d after %d ms: %s%n", refused.status(), millisSince(begun), refused.body());
		assertThat(refused.status()).isEqualTo(507);
		assertThat(refused.millis()).isLessThan(1_000);
		assertThat(refused.body()).contains("disk is full");
		assertThat(this.registry.get("/api/v1/rules").path("rules")).isNotEmpty();
		assertIsLive(watch);

		Files.delete(filler);
		long freed = System.nanoTime();
		untilAnswer(3_000, (answer) -> answer.status() == 201);
		System.out.printf("T31: writes work %d ms after there is space%n", millisSince(freed));
		assertThat(millisSince(freed)).isLessThan(5_000);
		assertIsLive(watch);
	}

	// A file system that is in use cannot be made read-only, so this is a start.
	@Test
	void refusesAReadOnlyDiskAndKeepsWhatIsOnIt() {
		this.registry = RunningRegistry.start(MOUNT.resolve("data"));
		write(1);
		this.registry.close();
		assertThat(Command.run("mount", "-o", "remount,ro", MOUNT.toString())).isZero();

		long begun = System.nanoTime();
		JavaProcess refused = RunningRegistry.launch(MOUNT.resolve("data"), "0");
		Awaitility.await().until(() -> !refused.isAlive());

		System.out.printf("T33: refused %d ms after its start%n", millisSince(begun));
		assertThat(refused.output()).contains("data directory '" + MOUNT.resolve("data"), "Read-only file system");
		Command.run("mount", "-o", "remount,rw", MOUNT.toString());
		this.registry = RunningRegistry.start(MOUNT.resolve("data"));
		assertThat(this.registry.get("/api/v1/rules").path("rules")).hasSize(1);
		write(2);
	}

	@Test
	void refusesASecondProcessOnTheSameDirectory() throws Exception {
		this.registry = RunningRegistry.start(MOUNT.resolve("data"));
		long begun = System.nanoTime();
		JavaProcess second = RunningRegistry.launch(MOUNT.resolve("data"), "0");
		Awaitility.await().until(() -> !second.isAlive());

		System.out.printf("T34: refused %d ms after its start%n", millisSince(begun));
		assertThat(second.output()).contains(
				"is in use by another registry (process " + this.registry.process().pid() + ")",
				"mesh.registry.data-dir");
		write(1);
	}

	@Test
	void goesOnWithoutFilesLeft() throws Exception {
		this.registry = RunningRegistry.start(MOUNT.resolve("data"));
		Command.run("prlimit", "--pid", String.valueOf(this.registry.process().pid()), "--nofile=256:256");
		List<InputStream> watches = new ArrayList<>(List.of(watch()));
		int refused = 0;
		for (int i = 0; i < 400; i++) {
			try {
				watches.add(watch());
			}
			catch (IOException ex) {
				refused++;
				if (refused == 3) {
					break;
				}
			}
		}
		System.out.printf("T35: %d streams with 256 files, then %d refused%n", watches.size(), refused);
		assertThat(refused).isPositive();
		assertIsLive(watches.get(0));
		assertIsLive(watches.get(watches.size() / 2));
		for (InputStream watch : watches.subList(1, watches.size())) {
			watch.close();
		}
		long freed = System.nanoTime();
		untilAnswer(3_000, (answer) -> answer.status() == 201);
		System.out.printf("T35: writes work %d ms after the streams are gone%n", millisSince(freed));
		assertIsLive(watches.get(0));
	}

	private void write(int number) {
		assertThat(put(number).status()).isEqualTo(201);
	}

	// Writes rule after rule, each new, until one is answered like this.
	private Answer untilAnswer(int first, Predicate<Answer> wanted) {
		int[] next = { first };
		Answer[] last = new Answer[1];
		Awaitility.await().pollInterval(Duration.ofMillis(10)).ignoreException(UncheckedIOException.class).until(() -> {
			last[0] = put(next[0]++);
			return wanted.test(last[0]);
		});
		return last[0];
	}

	private Answer put(int number) {
		String name = "svc-" + number;
		long begun = System.nanoTime();
		HttpResponse<String> response = this.registry.send("PUT", "/api/v1/rules/TrafficPolicy/" + name, """
				{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"%s"},
				 "spec":{"service":"%s","panicThresholdPercent":%d}}""".formatted(name, name, number % 100));
		return new Answer(response.statusCode(), response.body(), millisSince(begun));
	}

	private InputStream watch() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.registry.uri("/api/v1/watch?services=*"))
			.header("Authorization", "Bearer " + RunningRegistry.TOKEN)
			.timeout(Duration.ofSeconds(5))
			.build();
		HttpResponse<InputStream> response = this.client.send(request, HttpResponse.BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	// A sync comes at least each two seconds.
	private static void assertIsLive(InputStream watch) throws IOException {
		watch.readNBytes(watch.available());
		assertThat(watch.read()).isNotEqualTo(-1);
	}

	private static long millisSince(long nanos) {
		return (System.nanoTime() - nanos) / 1_000_000;
	}

	private record Answer(int status, String body, long millis) {
	}

}
