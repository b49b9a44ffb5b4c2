package io.meshup.e2e.full;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.machine.JavaProcess;
import io.meshup.e2e.mesh.SharedMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Crash loops, stolen ids, and a registry that stands still or crawls: nobody is taken
 * for dead who is alive (T13, T15, T21, T25). Long runs.
 */
@ExtendWith(SharedMesh.Resolver.class)
@Order(SharedMesh.LAST)
class LongLivenessFaultIntegrationTests {

	private static final Pattern HEAP = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

	private static final Duration CRAWL = Duration.ofSeconds(60);

	private static SharedMesh shared;

	@BeforeAll
	static void start(SharedMesh mesh) {
		shared = mesh;
		mesh.removeRoute();
	}

	@Test
	void bearsAnInstanceThatCrashesAndStartsOverAndOver() {
		int cycles = Integer.getInteger("mesh.crashes", 50);
		long heap = heap(shared.registry().process());
		long revision = revision();
		try (OpenLoad load = shared.load()) {
			for (int i = 0; i < cycles; i++) {
				JavaProcess crashing = shared.mesh().probe("stock", "v1", "--mesh.instance.id=crashing").awaitStarted();
				shared.mesh().awaitUp("stock", 3);
				pause(Duration.ofSeconds(2));
				crashing.kill();
				pause(Duration.ofSeconds(2));
			}
			shared.mesh().awaitUp("stock", 2);
			assertThat(load.finish().failed()).as("of %d calls", load.sent()).isEmpty();
			double changes = (revision() - revision) / (double) cycles;
			long grown = (heap(shared.registry().process()) - heap) / 1024;
			System.out.printf("T13: %d crashes, %d calls, 0 failed, %.1f revisions each, the registry's heap %+d kB%n",
					cycles, load.sent(), changes, grown);
			assertThat(changes).isLessThan(8);
			assertThat(grown).isLessThan(8 * 1024);
		}
	}

	@Test
	void letsNobodyStealAnId() {
		JavaProcess owner = shared.stock().get(0);
		String id = "127.0.0.1-" + owner.port();
		assertThat(shared.registry().instances("stock")).contains(id + " UP");
		JavaProcess thief = shared.mesh().probe("stock", "v1", "--mesh.instance.id=" + id).awaitStarted();
		Set<String> owners = new TreeSet<>();
		long revision = revision();
		for (int i = 0; i < 600; i++) {
			shared.registry().get("/api/v1/services/stock").path("instances").forEach((instance) -> {
				if (instance.path("id").asString().equals(id)) {
					owners.add(instance.path("port").asInt() + " " + instance.path("status").asString());
				}
			});
			pause(Duration.ofMillis(100));
		}
		thief.close();
		System.out.printf("T15: for 60 s the id belonged to %s, %d revisions%n", owners, revision() - revision);

		assertThat(owners).containsExactly(owner.port() + " UP");
		assertThat(thief.output()).contains("409");
	}

	@Test
	void expiresNobodyAfterARegistryThatStoodStill() {
		try (OpenLoad load = shared.load()) {
			pause(Duration.ofSeconds(2));
			shared.registry().process().signal("STOP");
			pause(Duration.ofSeconds(30));
			Set<String> before = seen();
			shared.registry().process().signal("CONT");
			Set<String> after = watch(Duration.ofSeconds(10));

			assertThat(load.finish().failed()).as("of %d calls", load.sent()).isEmpty();
			System.out.printf("T21: 30 s of standstill, %d calls, 0 failed; the caller saw %s, then %s%n", load.sent(),
					before, after);
			assertThat(before).containsExactly("2 UP");
			assertThat(after).containsExactly("2 UP");
		}
	}

	@Test
	void expiresNobodyWhileTheRegistryCrawls() throws Exception {
		long pid = shared.registry().process().pid();
		Process throttle = new ProcessBuilder("bash", "-c",
				"while kill -CONT " + pid + "; do sleep 0.01; kill -STOP " + pid + "; sleep 0.09; done")
			.start();
		try (OpenLoad load = shared.load()) {
			Set<String> seen = watch(CRAWL);
			assertThat(load.finish().failed()).as("of %d calls", load.sent()).isEmpty();
			System.out.printf("T25: %d s at 10 %% of a processor, %d calls, 0 failed; the caller saw %s%n",
					CRAWL.toSeconds(), load.sent(), seen);
			assertThat(seen).containsExactly("2 UP");
		}
		finally {
			throttle.destroyForcibly().waitFor();
			shared.registry().process().signal("CONT");
		}
	}

	// How the caller saw stock in this time: how many instances and in which states.
	private static Set<String> watch(Duration time) {
		Set<String> seen = new TreeSet<>();
		long end = System.nanoTime() + time.toNanos();
		while (System.nanoTime() < end) {
			seen.addAll(seen());
			pause(Duration.ofMillis(50));
		}
		return seen;
	}

	private static Set<String> seen() {
		List<String> states = shared.mesh()
			.view(shared.shop(), "stock")
			.path("instances")
			.valueStream()
			.map((one) -> one.at("/instance/status").asString())
			.toList();
		return Set.of(states.size() + " " + String.join(" ", new TreeSet<>(states)));
	}

	private static long revision() {
		return shared.registry().get("/api/v1/services/stock").path("revision").asLong();
	}

	// The bytes of all live objects.
	private static long heap(JavaProcess process) {
		try {
			Process tool = new ProcessBuilder("jcmd", String.valueOf(process.pid()), "GC.class_histogram").start();
			Matcher total = HEAP.matcher(new String(tool.getInputStream().readAllBytes()));
			assertThat(total.find()).isTrue();
			return Long.parseLong(total.group(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void pause(Duration time) {
		Awaitility.await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
	}

}
