package io.meshup.gateway;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Found by JUnit itself for every test class: watches each buffer of Netty and fails the
 * run when one was dropped without being released. It shows when the garbage collector
 * finds the buffer, so the class that fails may be a later one than the class that leaks.
 */
public final class ReleasedBuffers implements BeforeAllCallback, AfterAllCallback {

	private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(ReleasedBuffers.class, (any) -> watch(), AutoCloseable.class);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		check();
	}

	// Detectors are made with the first buffer, which comes after the first test class
	// was found.
	private static AutoCloseable watch() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Noting());
		return ReleasedBuffers::collectAndCheck;
	}

	// What the collector found is reported when the next buffer is taken.
	private static void collectAndCheck() throws InterruptedException {
		for (int i = 0; i < 2; i++) {
			ReferenceQueue<Object> found = new ReferenceQueue<>();
			WeakReference<Object> garbage = new WeakReference<>(new Object(), found);
			System.gc();
			found.remove(1_000);
			Reference.reachabilityFence(garbage);
			ByteBufAllocator.DEFAULT.buffer().release();
		}
		check();
	}

	private static void check() {
		List<String> leaks = List.copyOf(LEAKS);
		LEAKS.clear();
		if (!leaks.isEmpty()) {
			throw new AssertionError(
					leaks.size() + " buffers were dropped without being released; the first: " + leaks.get(0));
		}
	}

	private static final class Noting extends ResourceLeakDetectorFactory {

		@Override
		@SuppressWarnings("deprecation")
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval, long maxActive) {
			return newResourceLeakDetector(type, interval);
		}

		@Override
		@SuppressWarnings("deprecation")
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval) {
			ResourceLeakDetector<T> detector = new ResourceLeakDetector<>(type, interval);
			detector.setLeakListener((resource, records) -> LEAKS.add(resource + records));
			return detector;
		}

	}

}
