package io.meshup.spring.blocking.feign;

import feign.Client;
import feign.Feign;
import io.meshup.spring.blocking.MeshBlockingClientAutoConfiguration;
import io.meshup.spring.blocking.call.BlockingCalls;
import io.meshup.spring.client.ConditionalOnIntercept;
import io.meshup.spring.report.MeshPart;
import io.meshup.spring.setting.MeshProperties.Intercept;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Brings OpenFeign clients into the mesh.
 */
@AutoConfiguration(after = { MeshBlockingClientAutoConfiguration.class, FeignAutoConfiguration.class })
@ConditionalOnClass({ Feign.class, FeignAutoConfiguration.class })
@ConditionalOnBean(BlockingCalls.class)
@ConditionalOnIntercept(Intercept.LOAD_BALANCED)
public final class MeshFeignAutoConfiguration {

	@Bean
	MeshFeignCapability meshFeignCapability(BlockingCalls calls, Environment environment) {
		Intercept intercept = Binder.get(environment)
			.bind("mesh.client.intercept", Intercept.class)
			.orElse(Intercept.ALL);
		return new MeshFeignCapability(calls, intercept == Intercept.LOAD_BALANCED);
	}

	@Bean
	@ConditionalOnMissingBean
	Client meshFeignDefaultClient() {
		return new Client.Default(null, null);
	}

	@Bean
	MeshPart meshFeignPart() {
		return MeshPart.active("feign", "OpenFeign clients are entered by a capability; bodies are in memory anyway.");
	}

}
