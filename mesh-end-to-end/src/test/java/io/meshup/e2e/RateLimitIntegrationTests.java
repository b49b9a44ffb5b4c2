package io.meshup.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * T93: what two real instances let in of more than they may. The long form allows 1,000 a
 * second over ten seconds, 1 % more or less at one instance and 5 % over both; the quick
 * one a fifth of that and 10 %, because a busy machine does not send evenly.
 */
@ExtendWith(SharedMesh.Resolver.class)
@Order(SharedMesh.LAST)
class RateLimitIntegrationTests {

	private static final boolean FULL = Boolean.getBoolean("mesh.full");

	private static final int LIMIT = FULL ? 1_000 : 200;

	private static final Duration LENGTH = Duration.ofSeconds(FULL ? 10 : 3);

	private static SharedMesh shared;

	@BeforeAll
	static void start(SharedMesh mesh) {
		shared = mesh;
	}

	@AfterAll
	static void stop() {
		shared.registry().process().signal("CONT");
		Awaitility.await().until(() -> shared.registry().countUp("stock") == 2);
		shared.registry().send("DELETE", "/api/v1/rules/RateLimit/stock", "");
	}

	@Test
	void holdsAtOneInstanceTogetherAndWithoutTheRegistry() {
		limit("local");
		double alone = granted(LIMIT * 3 / 2, 0);
		report("one instance", alone);
		assertThat(alone).isCloseTo(LIMIT, within(LIMIT * (FULL ? 0.01 : 0.1)));

		limit("mesh");
		double even = granted(LIMIT, LIMIT);
		double uneven = granted(LIMIT * 3 / 2, LIMIT / 10);
		report("both instances, even demand", even);
		report("both instances, uneven demand", uneven);
		assertThat(even).isCloseTo(LIMIT, within(LIMIT * (FULL ? 0.05 : 0.1)));
		assertThat(uneven).isCloseTo(LIMIT, within(LIMIT * (FULL ? 0.05 : 0.1)));

		shared.registry().process().signal("STOP");
		double cutOff = granted(LIMIT, LIMIT);
		shared.registry().process().signal("CONT");
		report("both instances, the registry stands still", cutOff);
		assertThat(cutOff).as("never more than all may").isLessThan(LIMIT * (FULL ? 1.05 : 1.1));
		assertThat(cutOff).as("but most of it").isGreaterThan(LIMIT * 0.7);
	}

	private static void limit(String scope) {
		long revision = shared.registry().putRule("RateLimit", "stock", """
				apiVersion: meshup.io/v1
				kind: RateLimit
				metadata: {name: stock}
				spec:
				  service: stock
				  limits: [{match: {path: {value: /who}}, per: all, requests: %d, scope: %s}]
				""".formatted(LIMIT, scope));
		Awaitility.await("the limit holds at both").until(() -> isInForce(revision));
		// What was asked for before, or in the other scope, must not count.
		granted(LIMIT * 3 / 4, LIMIT * 3 / 4, Duration.ofSeconds(3));
	}

	private static boolean isInForce(long revision) {
		return shared.registry()
			.get("/api/v1/services/stock")
			.path("instances")
			.valueStream()
			.allMatch((instance) -> instance.path("applied").asLong() >= revision);
	}

	private static double granted(int first, int second) {
		return granted(first, second, LENGTH);
	}

	// What gets in each second, by both doors together.
	private static double granted(int first, int second, Duration length) {
		long begun = System.nanoTime();
		try (OpenLoad one = load(shared.stock().get(0), first); OpenLoad two = load(shared.stock().get(1), second)) {
			Awaitility.await().pollDelay(length).atMost(length.plusSeconds(60)).until(() -> true);
			one.finish();
			two.finish();
			double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
			return (granted(one) + ((second > 0) ? granted(two) : 0)) / seconds;
		}
	}

	private static OpenLoad load(JavaProcess instance, int perSecond) {
		URI uri = (perSecond > 0) ? instance.uri("/who") : instance.uri("/actuator/health");
		return OpenLoad.start(List.of(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build()),
				Math.max(1, perSecond));
	}

	private static long granted(OpenLoad load) {
		Map<String, Long> failures = load.failures();
		assertThat(failures.keySet()).allSatisfy((reason) -> assertThat(reason).contains(" 429 "));
		return load.sent() - failures.values().stream().mapToLong(Long::longValue).sum();
	}

	private static void report(String what, double perSecond) {
		System.out.printf("T93 %s: %.1f a second let in of %d%n", what, perSecond, LIMIT);
	}

}
