package io.meshup.registry.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many instances in one registry (T55), and one watcher of everything over a real
 * connection.
 */
abstract class ManyInstancesContract extends RunningRegistry {

	private final int count;

	@Autowired
	private Leases leases;

	ManyInstancesContract(int count) {
		this.count = count;
	}

	/**
	 * Judges the times, where they are measured.
	 * @param firstSyncMillis until everything is there, after a warm-up
	 */
	abstract void judge(long firstSyncMillis);

	@Test
	void bringsEverythingToAWatcherAndThenOnlyTheServiceThatChanged() throws Exception {
		long before = usedKilobytes();
		try (ManyInstances many = new ManyInstances(this.leases, this.count)) {
			long held = usedKilobytes() - before;
			List<Long> syncs = new ArrayList<>();
			for (int round = 0; round < 5; round++) {
				syncs.add(firstSync());
			}
			long change = oneChange(many);
			System.out.printf(
					"T55, %d instances of %d services: %d bytes of heap an instance (%d MB in all, %d MB before); first sync of everything %s ms; one change %d bytes%n",
					this.count, this.count / 10, held * 1024 / this.count, (before + held) / 1024, before / 1024, syncs,
					change);

			assertThat(change).isLessThanOrEqualTo(2_048);
			judge(syncs.get(0));
		}
	}

	private long firstSync() throws IOException, InterruptedException {
		long began = System.nanoTime();
		try (WatcherOfAll watcher = new WatcherOfAll(url(), TOKEN)) {
			await().until(watcher::instances, (instances) -> instances >= this.count);
			return (System.nanoTime() - began) / 1_000_000;
		}
	}

	private long oneChange(ManyInstances many) throws IOException, InterruptedException {
		try (WatcherOfAll watcher = new WatcherOfAll(url(), TOKEN)) {
			await().until(() -> watcher.instances() >= this.count && watcher.isSynced());
			long least = Long.MAX_VALUE;
			for (int i = 0; i < 3; i++) {
				long before = watcher.bytes();
				String id = "one-more-" + i;
				many.oneMore(i, id);
				await().until(() -> watcher.saw(id));
				least = Math.min(least, watcher.bytes() - before);
			}
			// What other tests have left may expire meanwhile.
			return least;
		}
	}

	private static long usedKilobytes() {
		System.gc();
		return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1024;
	}

}
