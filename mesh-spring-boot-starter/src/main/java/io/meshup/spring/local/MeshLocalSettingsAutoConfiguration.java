package io.meshup.spring.local;

import io.meshup.spring.MeshAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Rules out of the application's own configuration. They are read when the table of
 * services is made, so that they do not matter where the mesh is off.
 */
@AutoConfiguration(before = MeshAutoConfiguration.class)
public final class MeshLocalSettingsAutoConfiguration {

	@Bean
	LocalSettings meshLocalSettings(Environment environment) {
		return new LocalSettings(environment);
	}

}
