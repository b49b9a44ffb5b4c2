package io.meshup.registry.history.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Lets faults happen to one node, one after the other.
 */
public final class Disturber implements Callable<Void> {

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
			fault.begin(this.node);
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

}
