package io.meshup.e2e.full;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;

import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.JavaProcess;
import io.meshup.e2e.mesh.CuttableWay;
import io.meshup.e2e.mesh.Mesh;
import io.meshup.e2e.mesh.RuleWriter;
import io.meshup.e2e.mesh.RunningRegistry;
import io.meshup.e2e.mesh.SeenInstances;
import io.meshup.e2e.mesh.SharedMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry of two processes over a real Redis, participants that know both, and load: a
 * node dies, stands still or is cut from Redis, both are replaced one after the other,
 * and both are away (T16, T17, T18, T24, T46). Long runs.
 */
@Testcontainers(disabledWithoutDocker = true)
@Order(SharedMesh.LAST - 1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LongTwoNodesIntegrationTests {

	private static final GenericContainer<?> REDIS = new GenericContainer<>(DockerImageName.parse("redis:8-alpine"))
		.withCommand("redis-server", "--appendonly", "yes", "--appendfsync", "always")
		.withExposedPorts(6379);

	private static final List<CuttableWay> WAYS = new ArrayList<>();

	private static final List<JavaProcess> STOCK = new ArrayList<>();

	private static Mesh mesh;

	private static JavaProcess shop;

	@BeforeAll
	static void start() {
		REDIS.start();
		String name = "e2e-" + UUID.randomUUID();
		List<List<String>> nodes = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			CuttableWay way = new CuttableWay(REDIS.getHost(), REDIS.getMappedPort(6379));
			WAYS.add(way);
			nodes.add(List.of("--mesh.registry.store=redis", "--mesh.registry.redis.name=" + name,
					"--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + way.port()));
		}
		mesh = Mesh.startOver(nodes);
		STOCK.add(mesh.probe("stock", "v1"));
		STOCK.add(mesh.probe("stock", "v2"));
		shop = mesh.probe("shop", "v1");
		STOCK.forEach(JavaProcess::awaitStarted);
		shop.awaitStarted();
		awaitWell();
		mesh.burst(shop, "http://stock/who", 1_500);
	}

	@AfterAll
	static void stop() {
		if (mesh != null) {
			mesh.close();
		}
		WAYS.forEach(CuttableWay::close);
		REDIS.stop();
	}

	@Test
	@Order(1)
	void losesNothingWhenANodeIsKilled() {
		int dying = busy();
		watched("kill -9 of the node that had the lines", () -> {
			mesh.nodes().get(dying).process().kill();
			String moved = "all were at the other node after " + awaitHeld(1 - dying, 3) + " ms";
			pause(Duration.ofSeconds(10));
			mesh.nodes().get(dying).restart();
			awaitWell();
			return moved;
		});
	}

	@Test
	@Order(2)
	void losesNothingWhenANodeStandsStill() {
		List<Long> moved = new ArrayList<>();
		watched("SIGSTOP of the node that had the lines, five times for 10 s, at the one and the other", () -> {
			for (int i = 0; i < 5; i++) {
				int still = busy();
				pause(Duration.ofMillis(2_000 + 170 * i));
				mesh.nodes().get(still).process().signal("STOP");
				moved.add(awaitHeld(1 - still, 3));
				pause(Duration.ofMillis(Math.max(0, 10_000 - moved.get(i))));
				mesh.nodes().get(still).process().signal("CONT");
				awaitWell();
			}
			pause(Duration.ofSeconds(2));
			return "all were at the other node after " + moved + " ms";
		});
	}

	@Test
	@Order(2)
	void staysThroughShortPausesOfANode() {
		int paused = busy();
		int held = held(paused);
		watched("SIGSTOP of the node that had the lines for 0.4 s, twenty times", () -> {
			for (int i = 0; i < 20; i++) {
				mesh.nodes().get(paused).process().signal("STOP");
				pause(Duration.ofMillis(400));
				mesh.nodes().get(paused).process().signal("CONT");
				pause(Duration.ofMillis(1_000 + 37 * i));
			}
			return "of %d participants %d were still there".formatted(held, held(paused));
		});
	}

	@Test
	@Order(3)
	void losesNothingWhenANodeIsCutFromRedis() {
		int away = busy();
		watched("the node that had the lines cut from Redis, for 10 s", () -> {
			WAYS.get(away).cut();
			long refused = millis(() -> put(away, "cut", 1) == 503);
			int other = put(1 - away, "cut", 2);
			long moved = awaitHeld(1 - away, 3);
			pause(Duration.ofMillis(Math.max(0, 10_000 - moved)));
			WAYS.get(away).restore();
			long back = millis(() -> put(away, "cut", 3) / 100 == 2);
			awaitWell();
			assertThat(other).isEqualTo(201);
			return "refused a rule after %d ms, all were at the other node after %d ms, takes rules %d ms after it is back"
				.formatted(refused, moved, back);
		});
	}

	@Test
	@Order(4)
	void losesNoWriteWhileBothNodesAreReplaced() throws Exception {
		try (RuleWriter writer = RuleWriter.start(mesh.nodes())) {
			watched("T24: both nodes replaced in turn, ten rules a second written", () -> {
				for (RunningRegistry node : mesh.nodes()) {
					pause(Duration.ofSeconds(2));
					node.process().stop();
					node.restart();
					awaitWell();
				}
				pause(Duration.ofSeconds(2));
				return "";
			});
			writer.finish();
			System.out.println("T24: " + writer);
			assertThat(writer.failed()).isEmpty();
			for (RunningRegistry node : mesh.nodes()) {
				Awaitility.await().until(() -> rules(node).equals(writer.written()));
			}
		}
	}

	@Test
	@Order(5)
	void losesNothingWithoutAnyNodeAndStartsFromTheDisk() {
		byte[] before = document();
		watched("T16, T17, T18: both nodes killed, for 20 s", () -> {
			mesh.nodes().forEach((node) -> node.process().kill());
			pause(Duration.ofSeconds(5));
			long begin = System.nanoTime();
			JavaProcess late = mesh.probe("shop", "v1", "--mesh.instance.id=late").awaitStarted();
			long started = (System.nanoTime() - begin) / 1_000_000;
			assertThat(mesh.burst(late, "http://stock/who", 100)).containsOnlyKeys("v1", "v2");
			pause(Duration.ofSeconds(15));
			mesh.nodes().forEach(RunningRegistry::restart);
			long back = awaitHeldByBoth(4);
			late.stop();
			awaitWell();
			return "an application started meanwhile in %d ms from its file and called; all four were back %d ms after the nodes"
				.formatted(started, back);
		});
		assertThat(document()).isEqualTo(before);
	}

	private static byte[] document() {
		HttpResponse<String> answer = mesh.nodes().get(1).send("GET", "/api/v1/rules/Route/cut", "");
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.body().getBytes();
	}

	// Runs it under load, and looks at the caller's list all the time.
	private static void watched(String what, Callable<String> fault) {
		try (OpenLoad load = OpenLoad.start(shop.uri("/relay?uri=" + Http.encode("http://stock/who")), 200);
				SeenInstances seen = SeenInstances.by(mesh, shop, "stock")) {
			Awaitility.await().until(() -> load.sent() >= 200);
			String said = fault.call();
			load.finish();
			Set<String> states = seen.all();
			System.out.printf("| %s | %d | %d | %d ms | %s | %s |%n", what, load.sent(), load.failed().size(),
					load.slowestMillis(), states, said);
			assertThat(load.failed()).as(what).isEmpty();
			assertThat(states).as(what).allMatch((state) -> state.startsWith("2 "));
		}
		catch (Exception ex) {
			throw new IllegalStateException(what, ex);
		}
	}

	private static int put(int node, String name, int weight) {
		return RuleWriter.put(mesh.nodes().get(node), name, weight).statusCode();
	}

	private static Map<String, Integer> rules(RunningRegistry node) {
		Map<String, Integer> rules = new TreeMap<>();
		node.get("/api/v1/rules").path("rules").forEach((rule) -> {
			String name = rule.at("/metadata/name").asString();
			if (name.startsWith("w")) {
				rules.put(name, rule.at("/spec/rules/0/backendRefs/0/weight").asInt());
			}
		});
		return rules;
	}

	// The node that holds most leases.
	private static int busy() {
		return (held(0) >= held(1)) ? 0 : 1;
	}

	private static int held(int node) {
		try {
			JsonNode nodes = mesh.nodes().get(node).get("/api/v1/nodes").path("nodes");
			return nodes.valueStream()
				.filter((one) -> one.path("self").asBoolean())
				.mapToInt((one) -> one.path("instances").asInt())
				.sum();
		}
		catch (UncheckedIOException ex) {
			return 0;
		}
	}

	private static long awaitHeld(int node, int instances) {
		return millis(() -> held(node) == instances);
	}

	private static long awaitHeldByBoth(int instances) {
		return millis(() -> held(0) + held(1) == instances);
	}

	private static long millis(Callable<Boolean> condition) {
		long begin = System.nanoTime();
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.until(condition);
		return (System.nanoTime() - begin) / 1_000_000;
	}

	// Both nodes know each other and all instances.
	private static void awaitWell() {
		for (RunningRegistry node : mesh.nodes()) {
			Awaitility.await("a node is well").atMost(Duration.ofSeconds(60)).until(() -> {
				JsonNode nodes = node.get("/api/v1/nodes");
				return nodes.path("connected").asBoolean() && nodes.path("nodes").size() == 2
						&& node.countUp("stock") == 2 && node.countUp("shop") == 1;
			});
		}
	}

	private static void pause(Duration time) {
		Awaitility.await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
	}

}
