package io.meshup.spring.report;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.meshup.spring.MeshActivation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Logs once, when the application is ready, what of the mesh is active.
 */
final class MeshSummary implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(MeshSummary.class);

	private final MeshReport report;

	private final AtomicBoolean told = new AtomicBoolean();

	MeshSummary(MeshReport report) {
		this.report = report;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (!this.told.compareAndSet(false, true)) {
			return;
		}
		MeshActivation activation = this.report.activation();
		if (activation.active()) {
			List<MeshPart> parts = this.report.parts();
			logger.info("The mesh is active: {}. Not active: {}. More at the actuator endpoint 'mesh'.",
					names(parts, true), names(parts, false));
		}
		else if (activation.expected()) {
			logger.info("The mesh is not active: {}", activation.reason());
		}
		else {
			logger.warn("The mesh is not active: {}", activation.reason());
		}
	}

	private static String names(List<MeshPart> parts, boolean active) {
		String names = parts.stream()
			.filter((part) -> part.active() == active)
			.map(MeshPart::name)
			.collect(Collectors.joining(", "));
		return names.isEmpty() ? "nothing" : names;
	}

}
