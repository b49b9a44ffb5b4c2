package io.meshup.e2e.machine;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Found by JUnit itself for every test class: whoever waits without a limit of its own
 * waits as long as a busy machine may need. A green run ends as soon as before.
 */
public final class PatientWaits implements BeforeAllCallback {

	public static final Duration LIMIT = Duration.ofSeconds(30);

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultTimeout(LIMIT);
	}

}
