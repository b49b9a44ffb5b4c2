package io.meshup.registry.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.instance.LeaseKey;
import reactor.core.publisher.Flux;

/**
 * Instances that beat without a network in between, ten to a service: more than a machine
 * that measures could send by HTTP.
 */
final class ManyInstances implements AutoCloseable {

	private static final int OF_A_SERVICE = 10;

	private final ScheduledExecutorService beating = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "beating");
		thread.setDaemon(true);
		return thread;
	});

	private final Leases leases;

	private final List<LeaseKey> keys;

	private final List<LeaseKey> added = new ArrayList<>();

	/**
	 * All of them beat, and go on beating each 5 s.
	 * @param leases of the registry in this process
	 * @param count how many
	 */
	ManyInstances(Leases leases, int count) {
		this.leases = leases;
		this.keys = IntStream.range(0, count)
			.mapToObj((i) -> new LeaseKey("many-" + (i / OF_A_SERVICE), "instance-" + i))
			.toList();
		beatAll();
		Future<?> unused = this.beating.scheduleWithFixedDelay(this::beatAll, 5, 5, TimeUnit.SECONDS);
	}

	/**
	 * One more instance.
	 * @param service of which service
	 * @param id its id
	 */
	void oneMore(int service, String id) {
		LeaseKey more = new LeaseKey("many-" + service, id);
		this.leases.beat(more, beat()).block(Duration.ofSeconds(30));
		this.added.add(more);
	}

	private void beatAll() {
		Beat beat = beat();
		Flux.fromIterable(this.keys)
			.flatMap((key) -> this.leases.beat(key, beat), 1_000)
			.blockLast(Duration.ofSeconds(120));
	}

	private static Beat beat() {
		return new Beat("p1", "10.0.0.1", 8080, "http", "v1", "default", null, 100, InstanceStatus.UP,
				Map.of("team", "shop"), 0, List.of(), List.of(), List.of(), List.of());
	}

	@Override
	public void close() throws InterruptedException {
		this.beating.shutdown();
		this.beating.awaitTermination(120, TimeUnit.SECONDS);
		Flux.concat(Flux.fromIterable(this.keys), Flux.fromIterable(this.added))
			.flatMap((key) -> this.leases.leave(key, "p1"), 1_000)
			.blockLast(Duration.ofSeconds(120));
	}

}
