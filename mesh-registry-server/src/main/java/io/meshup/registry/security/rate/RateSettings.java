package io.meshup.registry.security.rate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls of operators are taken; participants are not counted.
 *
 * @param requestsPerSecond calls a second of one user or token
 * @param burst how many of them at once
 * @param anonymousRequestsPerSecond calls a second of one address that shows no valid
 * credentials, sign-ins too
 * @param anonymousBurst how many of them at once
 */
@ConfigurationProperties("mesh.registry.limits")
public record RateSettings(@DefaultValue("1000") int requestsPerSecond, @DefaultValue("2000") int burst,
		@DefaultValue("50") int anonymousRequestsPerSecond, @DefaultValue("100") int anonymousBurst) {

	public RateSettings {
		for (int limit : new int[] { requestsPerSecond, burst, anonymousRequestsPerSecond, anonymousBurst }) {
			if (limit < 1 || limit > 1_000_000) {
				throw new IllegalArgumentException(
						"The request rates under 'mesh.registry.limits' must be 1 to 1000000 but one was " + limit);
			}
		}
	}

}
