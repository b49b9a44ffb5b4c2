package io.meshup.registry.store;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the registry keeps what must survive.
 *
 * @param store which store: {@code embedded} or {@code redis}
 * @param dataDir the directory, made with mode 0700
 * @param history how much of the past is kept
 */
@ConfigurationProperties("mesh.registry")
public record StoreProperties(@DefaultValue("embedded") Kind store, @DefaultValue("${user.home}/.meshup") Path dataDir,
		@DefaultValue History history) {

	/**
	 * How much of the past is kept; what is in force always is.
	 *
	 * @param maxVersions versions of a rule, 1 to 100,000
	 * @param maxAge of earlier versions and of the audit log
	 */
	public record History(@DefaultValue("100") int maxVersions, @DefaultValue("365d") Duration maxAge) {

		public History {
			if (maxVersions < 1 || maxVersions > 100_000) {
				throw new IllegalArgumentException(
						"'mesh.registry.history.max-versions' must be 1 to 100000 but was " + maxVersions);
			}
			if (maxAge.isNegative() || maxAge.isZero() || maxAge.toDays() > 36_500) {
				throw new IllegalArgumentException(
						"'mesh.registry.history.max-age' must be above 0 and at most 36500d but was " + maxAge);
			}
		}

	}

	/**
	 * Which store.
	 */
	public enum Kind {

		/**
		 * On this machine's disk.
		 */
		EMBEDDED,

		/**
		 * In a Redis that several nodes share.
		 */
		REDIS

	}

}
