package io.meshup.registry.lease.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.meshup.registry.store.Nodes;

/**
 * What nodes say to each other when one starts. Where another one is there that knows all
 * instances, the rows that were loaded are all there is, and nothing is partial.
 */
public final class Greeting {

	private static final String HELLO = "hello";

	private static final String SETTLED = "settled";

	private static final int TRIES = 5;

	private static final long TRY_MILLIS = 200;

	private Greeting() {
	}

	/**
	 * Asks the other nodes, and answers them from now on.
	 * @param nodes the nodes
	 * @param isSettled whether this node knows all instances
	 * @return whether another one does; {@code false} when none answers within a second
	 */
	public static boolean isSomebodyElseSettled(Nodes nodes, BooleanSupplier isSettled) {
		CountDownLatch settled = new CountDownLatch(1);
		nodes.listen(SETTLED, (node, news) -> settled.countDown());
		nodes.listen(HELLO, (node, news) -> {
			if (isSettled.getAsBoolean()) {
				nodes.tell(SETTLED, new byte[0]);
			}
		});
		try {
			for (int i = 0; i < TRIES && !nodes.others().isEmpty(); i++) {
				nodes.tell(HELLO, new byte[0]);
				if (settled.await(TRY_MILLIS, TimeUnit.MILLISECONDS)) {
					return true;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

}
