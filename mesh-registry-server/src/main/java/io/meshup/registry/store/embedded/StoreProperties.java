package io.meshup.registry.store.embedded;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the registry keeps what must survive.
 *
 * @param store which store: {@code embedded}
 * @param dataDir the directory, made with mode 0700
 */
@ConfigurationProperties("mesh.registry")
record StoreProperties(@DefaultValue("embedded") Kind store, @DefaultValue("${user.home}/.meshup") Path dataDir) {

	/**
	 * Which store.
	 */
	enum Kind {

		/**
		 * On this machine's disk.
		 */
		EMBEDDED

	}

}
