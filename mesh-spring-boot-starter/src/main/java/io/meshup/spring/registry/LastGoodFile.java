package io.meshup.spring.registry;

import java.nio.file.Path;

import io.meshup.spring.setting.MeshProperties;

/**
 * Where the last good state is kept: one file per service and registry, so that the state
 * of another environment is never taken for this one's.
 */
final class LastGoodFile {

	private LastGoodFile() {
	}

	static Path of(MeshProperties properties, String service) {
		String registry = Integer.toHexString(properties.registry().urls().toString().hashCode());
		return properties.cacheDirectory().resolve(service + "-" + registry + ".json");
	}

}
