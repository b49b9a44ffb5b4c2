package io.meshup.spring.discovery;

import reactor.core.scheduler.Schedulers;

import org.springframework.util.ClassUtils;

/**
 * Tells the threads that must never block, such as event loops.
 */
final class NonBlockingThreads {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.scheduler.Schedulers",
			NonBlockingThreads.class.getClassLoader());

	private NonBlockingThreads() {
	}

	static boolean isOne() {
		return REACTOR && Reactor.isOne();
	}

	// Loaded only where Reactor is.
	private static final class Reactor {

		static boolean isOne() {
			return Schedulers.isInNonBlockingThread();
		}

	}

}
