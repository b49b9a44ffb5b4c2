package io.meshup.gateway.connection;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pools of several event loops keep.
 */
class LoopConnectionsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Map<String, ConnectionPoolMetrics> pools = new ConcurrentHashMap<>();

	private final LoopResources loops = LoopResources.create("loops", 2, true);

	private final LoopConnections connections = new LoopConnections(
			new Upkeep(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(1)).applyTo(
					ConnectionProvider.builder("proxy").maxIdleTime(Duration.ofMillis(100)).metrics(true, Noting::new))
				.build());

	@AfterEach
	void stop() {
		this.connections.dispose();
		this.loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
	}

	@Test
	void namesEachPoolSoThatTheirMetersAreTold() {
		DisposableServer instance = instance();
		askFromTwoLoops(instance);

		assertThat(this.pools.keySet()).as("two loops and this thread").hasSize(3).contains("proxy");

		instance.disposeNow();
	}

	@Test
	void forgetsPoolsOfAnInstanceThatIsGone() {
		DisposableServer gone = instance();
		askFromTwoLoops(gone);
		assertThat(this.pools).isNotEmpty();
		gone.disposeNow();

		Awaitility.await().atMost(PATIENCE).until(this.pools::isEmpty);
	}

	private static DisposableServer instance() {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.sendString(Mono.just("here")))
			.bindNow();
	}

	private void askFromTwoLoops(DisposableServer instance) {
		HttpClient client = HttpClient.create(this.connections).host("127.0.0.1").port(instance.port());
		Mono<String> answer = client.get().uri("/").responseContent().aggregate().asString();
		assertThat(answer.block(PATIENCE)).isEqualTo("here");
		for (int i = 0; i < 2; i++) {
			Scheduler loop = Schedulers.fromExecutor(this.loops.onServer(false).next());
			assertThat(answer.subscribeOn(loop).block(PATIENCE)).isEqualTo("here");
		}
	}

	private final class Noting implements ConnectionProvider.MeterRegistrar {

		@Override
		public void registerMetrics(String name, String id, SocketAddress address, ConnectionPoolMetrics metrics) {
			LoopConnectionsTests.this.pools.put(name, metrics);
		}

		@Override
		public void deRegisterMetrics(String name, String id, SocketAddress address) {
			LoopConnectionsTests.this.pools.remove(name);
		}

	}

}
