package io.meshup.spring.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;
import org.springframework.util.ClassUtils;

/**
 * The mesh's configurations that did not match, each with the reason that its conditions
 * gave. So no part needs code to explain its own absence. The part's name is that of the
 * configuration: {@code WebClientConfiguration} is {@code web-client}.
 */
final class InactiveParts {

	private static final String OURS = "io.meshup.spring.";

	private final ConfigurableListableBeanFactory beans;

	InactiveParts(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	List<MeshPart> list() {
		return ConditionEvaluationReport.get(this.beans)
			.getConditionAndOutcomesBySource()
			.entrySet()
			.stream()
			.filter((entry) -> isPart(entry.getKey()) && !entry.getValue().isFullMatch())
			.map(InactiveParts::part)
			.toList();
	}

	private static boolean isPart(String source) {
		return source.startsWith(OURS) && source.indexOf('#') < 0;
	}

	private static MeshPart part(Map.Entry<String, ConditionAndOutcomes> entry) {
		return MeshPart.inactive(name(entry.getKey()), reason(entry.getValue()));
	}

	private static String reason(ConditionAndOutcomes outcomes) {
		return outcomes.stream()
			.map(ConditionAndOutcome::getOutcome)
			.filter((outcome) -> !outcome.isMatch())
			.map((outcome) -> Objects.requireNonNullElse(outcome.getMessage(), ""))
			.filter((message) -> !message.isEmpty())
			.findFirst()
			.orElse("Its configuration does not apply");
	}

	static String name(String className) {
		String simple = ClassUtils.getShortName(className);
		String last = simple.substring(simple.lastIndexOf('.') + 1);
		return last.replaceAll("(Auto)?Configuration$", "")
			.replaceAll("^Mesh(?=.)", "")
			.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
			.toLowerCase(Locale.ROOT);
	}

}
