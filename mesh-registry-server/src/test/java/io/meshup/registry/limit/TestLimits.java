package io.meshup.registry.limit;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Limits as they are bound from properties.
 */
public final class TestLimits {

	private TestLimits() {
	}

	/**
	 * Binds them.
	 * @param settings such as {@code document.depth=8}; all else has its default
	 * @return the limits
	 */
	public static RegistryLimits of(String... settings) {
		Map<String, String> map = new HashMap<>();
		for (String setting : settings) {
			int equal = setting.indexOf('=');
			map.put(RegistryLimits.PREFIX + setting.substring(0, equal), setting.substring(equal + 1));
		}
		return new Binder(new MapConfigurationPropertySource(map)).bindOrCreate("mesh.registry.limits",
				RegistryLimits.class);
	}

}
