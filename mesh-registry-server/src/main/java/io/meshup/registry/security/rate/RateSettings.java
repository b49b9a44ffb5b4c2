package io.meshup.registry.security.rate;

import io.meshup.registry.limit.Bounds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls of operators are taken; participants are not counted.
 *
 * @param requestsPerSecond calls a second of one user or token, 1 to 1,000,000
 * @param burst how many of them at once, 1 to 1,000,000
 * @param anonymousRequestsPerSecond calls a second of one address that shows no valid
 * credentials, sign-ins too, 1 to 1,000,000
 * @param anonymousBurst how many of them at once, 1 to 1,000,000
 * @param wrongPasswordsPerUser wrong passwords a minute for one user from one address, 1
 * to 1,000
 * @param wrongPasswordsPerAddress wrong passwords a minute from one address, whoever the
 * user, 1 to 10,000
 */
@ConfigurationProperties("mesh.registry.limits")
public record RateSettings(@DefaultValue("1000") int requestsPerSecond, @DefaultValue("2000") int burst,
		@DefaultValue("50") int anonymousRequestsPerSecond, @DefaultValue("100") int anonymousBurst,
		@DefaultValue("10") int wrongPasswordsPerUser, @DefaultValue("60") int wrongPasswordsPerAddress) {

	private static final int MOST = 1_000_000;

	public RateSettings {
		new Bounds().whole("requests-per-second", requestsPerSecond, 1, MOST)
			.whole("burst", burst, 1, MOST)
			.whole("anonymous-requests-per-second", anonymousRequestsPerSecond, 1, MOST)
			.whole("anonymous-burst", anonymousBurst, 1, MOST)
			.whole("wrong-passwords-per-user", wrongPasswordsPerUser, 1, 1_000)
			.whole("wrong-passwords-per-address", wrongPasswordsPerAddress, 1, 10_000)
			.throwIfAny();
	}

}
