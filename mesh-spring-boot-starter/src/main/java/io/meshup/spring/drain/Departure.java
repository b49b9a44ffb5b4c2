package io.meshup.spring.drain;

import java.time.Duration;
import java.util.List;

import io.meshup.control.RegistryClient;
import io.meshup.control.beat.DrainReport;
import io.meshup.control.beat.DrainReport.Outcome;
import io.meshup.spring.setting.MeshProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out: callers are told and waited for, those who listen are told, and in the end
 * the registry. Logs how long each part took and who was waited for. Used by one thread
 * at a time.
 */
public final class Departure {

	private static final Duration LEAVE_LIMIT = Duration.ofSeconds(1);

	private static final int MAX_NAMES = 20;

	private static final Logger logger = LoggerFactory.getLogger(Departure.class);

	private final RegistryClient registry;

	private final MeshProperties.Drain settings;

	private final List<DrainListener> listeners;

	private long begun;

	public Departure(RegistryClient registry, MeshProperties.Drain settings, List<DrainListener> listeners) {
		this.registry = registry;
		this.settings = settings;
		this.listeners = List.copyOf(listeners);
	}

	public void returning() {
		this.listeners.forEach(DrainListener::onReturning);
	}

	/**
	 * Waits until no caller chooses this instance any more, as long as that may take.
	 */
	public void drain() {
		this.begun = System.nanoTime();
		this.listeners.forEach(DrainListener::onDraining);
		DrainReport report = this.registry.drain(this.settings.ackTimeout());
		if (report.outcome() != Outcome.NOT_CONNECTED) {
			awaitTheRest();
		}
		tell(report);
		this.listeners.forEach(DrainListener::onDrained);
	}

	/**
	 * Takes the instance off the list.
	 */
	public void depart() {
		this.registry.leave(LEAVE_LIMIT);
		logger.info("Left the mesh {} ms after the drain began", sinceBegin().toMillis());
	}

	/**
	 * What was sent before a caller confirmed may still be under way, and who cannot
	 * confirm, such as a load balancer in front, gets a moment.
	 */
	private void awaitTheRest() {
		QuietWait wait = QuietWait.of(this.settings.delay(), this.settings.ackTimeout().minus(sinceBegin()));
		try {
			wait.await(() -> this.listeners.stream().filter(DrainListener::wasCalled).count() > 0);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Duration sinceBegin() {
		return Duration.ofNanos(System.nanoTime() - this.begun);
	}

	private static void tell(DrainReport report) {
		long took = report.took().toMillis();
		switch (report.outcome()) {
			case CONFIRMED ->
				logger.info("Drained in {} ms: revision {} was confirmed by {} callers that were awaited {}", took,
						report.revision(), report.awaited().size(), names(report.awaited()));
			case TIMED_OUT -> tellTimedOut(report, took);
			case NOT_CONNECTED -> logger.info(
					"Drain waits for nobody: the registry cannot be reached, callers notice by themselves ({} ms)",
					took);
			case NOT_SUPPORTED ->
				logger.info("Drain waits a fixed time: the registry does not tell who is awaited ({} ms)", took);
			case INTERRUPTED -> logger.info("Drain was interrupted after {} ms", took);
		}
	}

	private static void tellTimedOut(DrainReport report, long took) {
		if (report.busy() == report.silent().size()) {
			logger.info("Drain goes on after {} ms: revision {} was confirmed, but {} callers still await answers {}",
					took, report.revision(), report.busy(), names(report.silent()));
			return;
		}
		logger.warn(
				"Drain goes on after {} ms without the confirmation of {} callers {}; awaited were {} {} (revision {})",
				took, report.silent().size(), names(report.silent()), report.awaited().size(), names(report.awaited()),
				report.revision());
	}

	private static List<String> names(List<String> all) {
		return (all.size() <= MAX_NAMES) ? all : all.subList(0, MAX_NAMES);
	}

}
