package io.meshup.spring.drain;

import java.time.Duration;

import io.meshup.spring.setting.MeshProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Gives the web server's graceful shutdown what the waits before and after it leave of
 * {@code mesh.drain.timeout}. A time that the application sets for all phases holds.
 */
public final class ShutdownLimit implements SmartInitializingSingleton {

	/**
	 * What the application may set for all phases.
	 */
	public static final String OWN_SETTING = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final Duration LEAST = Duration.ofSeconds(1);

	private final Duration limit;

	private final boolean isSet;

	private final ObjectProvider<DefaultLifecycleProcessor> processor;

	public ShutdownLimit(MeshProperties.Drain settings, boolean isSet,
			ObjectProvider<DefaultLifecycleProcessor> processor) {
		Duration left = settings.timeout().minus(settings.ackTimeout()).minus(LEAST);
		this.limit = (left.compareTo(LEAST) > 0) ? left : LEAST;
		this.isSet = isSet;
		this.processor = processor;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.isSet) {
			this.processor.ifAvailable((found) -> found.setTimeoutForShutdownPhase(
					WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE, this.limit.toMillis()));
		}
	}

}
