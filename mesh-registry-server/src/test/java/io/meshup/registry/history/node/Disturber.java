package io.meshup.registry.history.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.meshup.registry.store.redis.connection.RedisScript;
import io.meshup.registry.store.redis.fault.FaultyWay;

/**
 * Lets faults happen to one node, one after the other.
 */
public final class Disturber implements Callable<Void> {

	private static final String COMMIT = RedisScript.COMMIT.digest();

	private final RegistryNode node;

	private final List<Fault> faults;

	private final Random random;

	public Disturber(RegistryNode node, List<Fault> faults, Random random) {
		this.node = node;
		this.faults = new ArrayList<>(faults);
		this.random = random;
		Collections.shuffle(this.faults, random);
	}

	@Override
	public Void call() throws InterruptedException {
		for (Fault fault : this.faults) {
			TimeUnit.MILLISECONDS.sleep(100 + this.random.nextInt(300));
			begin(fault);
			try {
				TimeUnit.MILLISECONDS.sleep(50 + this.random.nextInt(500));
			}
			finally {
				fault.end(this.node);
			}
		}
		TimeUnit.MILLISECONDS.sleep(200);
		return null;
	}

	// Most often in the middle of a commit, where a fault can do most.
	private void begin(Fault fault) throws InterruptedException {
		if (this.random.nextInt(4) == 0) {
			fault.begin(this.node);
			return;
		}
		CountDownLatch begun = new CountDownLatch(1);
		AtomicBoolean isTaken = new AtomicBoolean();
		this.node.way().await(new FaultyWay.Ambush(COMMIT, this.random.nextBoolean(), () -> {
			if (isTaken.compareAndSet(false, true)) {
				fault.begin(this.node);
				begun.countDown();
			}
		}));
		if (!begun.await(300, TimeUnit.MILLISECONDS) && isTaken.compareAndSet(false, true)) {
			this.node.way().await(null);
			fault.begin(this.node);
			begun.countDown();
		}
		begun.await();
	}

}
