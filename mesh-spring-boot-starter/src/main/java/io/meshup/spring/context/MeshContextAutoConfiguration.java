package io.meshup.spring.context;

import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.report.MeshPart;
import io.meshup.traffic.door.InboundGate;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/**
 * Carries deadline, lane and sticky keys of the request being served to the calls that
 * are made for it on other threads.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(InboundGate.class)
public final class MeshContextAutoConfiguration {

	@Bean
	static ContextExecutors meshContextExecutors(ConfigurableListableBeanFactory beans) {
		return new ContextExecutors(beans);
	}

	@Bean
	MeshPart meshContextPart() {
		return MeshPart.active("call-context",
				"Deadline, lane and sticky keys of the request being served follow its tasks to the application's "
						+ "executors, and through Reactor.");
	}

}
