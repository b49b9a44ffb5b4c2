package io.meshup.registry.door;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose registry this is.
 *
 * @param trustDomain the mesh that it belongs to; participants of another one are refused
 */
@ConfigurationProperties("mesh.registry")
record DoorSettings(@DefaultValue("mesh.local") String trustDomain) {

	DoorSettings {
		if (!trustDomain.matches("[a-z0-9._-]{1,255}")) {
			throw new IllegalArgumentException("'mesh.registry.trust-domain' must be 1 to 255 of a-z, 0-9, '.', '-' "
					+ "and '_' but was '" + trustDomain + "'");
		}
	}

}
