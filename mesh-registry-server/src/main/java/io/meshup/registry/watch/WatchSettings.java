package io.meshup.registry.watch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the watch is served.
 *
 * @param readerLine how long a line without an instance holds at least, 1 s to 24 h; the
 * reader opens another one and resumes. One that vanished without a word is forgotten
 * then
 */
@ConfigurationProperties("mesh.registry.watch")
record WatchSettings(@DefaultValue("5m") Duration readerLine) {

	WatchSettings {
		if (readerLine.compareTo(Duration.ofSeconds(1)) < 0 || readerLine.compareTo(Duration.ofHours(24)) > 0) {
			throw new IllegalArgumentException(
					"'mesh.registry.watch.reader-line' must be 1s to 24h but was " + readerLine);
		}
	}

	/**
	 * How long one of many holds, so that they do not all come back at the same time.
	 * @return up to a quarter more
	 */
	Duration life() {
		return this.readerLine.plusMillis(ThreadLocalRandom.current().nextLong(this.readerLine.toMillis() / 4 + 1));
	}

}
