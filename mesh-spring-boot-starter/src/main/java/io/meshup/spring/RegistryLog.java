package io.meshup.spring;

import java.util.concurrent.atomic.AtomicBoolean;

import io.meshup.control.RegistryListener;
import io.meshup.control.RegistryProblem;
import io.meshup.control.RegistryState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs how this application stands to the registry: the first problem of a streak at
 * WARN, further ones at DEBUG, the recovery at INFO.
 */
final class RegistryLog implements RegistryListener {

	private static final Logger logger = LoggerFactory.getLogger(RegistryLog.class);

	private final OwnInstance own;

	private final AtomicBoolean troubled = new AtomicBoolean();

	RegistryLog(OwnInstance own) {
		this.own = own;
	}

	@Override
	public void onConnected(RegistryState state) {
		logger.info("Connected to the registry at {}, revision {}", state.url(), state.revision());
	}

	@Override
	public void onDisconnected(RegistryState state) {
		logger.debug("Lost the connection to the registry at {}: {}", state.url(), state.lastError());
	}

	@Override
	public void onJoined(RegistryState state) {
		logger.info("Joined the mesh as '{}': {}", this.own.service(),
				this.own.current().map((instance) -> instance.id() + " at " + instance.authority()).orElse(""));
	}

	@Override
	public void onProblem(RegistryProblem problem) {
		if (this.troubled.compareAndSet(false, true)) {
			logger.warn("{} The application goes on with what it knows.", problem.message());
		}
		else {
			logger.debug("{}", problem.message());
		}
	}

	@Override
	public void onRecovered(RegistryState state) {
		if (this.troubled.compareAndSet(true, false)) {
			logger.info("All is well again with the registry at {}, revision {}", state.url(), state.revision());
		}
	}

}
