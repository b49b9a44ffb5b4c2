package io.meshup.demo.shopper;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code shopper}.
 *
 * @param rate visits a second, 0 to 1,000; 0 for none
 * @param storefrontUrl where the shop is: its name in the mesh
 * @param gatewayUrl where the shop is for those outside the mesh
 * @param gatewayShare share of the visits that come through the gateway, 0 to 1
 * @param orderShare share of the visits that order something, 0 to 1
 * @param maxInFlight visits under way at most; further ones are left out and counted
 */
@ConfigurationProperties("shopper")
record ShopperProperties(int rate, String storefrontUrl, String gatewayUrl, double gatewayShare, double orderShare,
		int maxInFlight) {

	private static final int MAX_RATE = 1_000;

	ShopperProperties {
		if (rate < 0 || rate > MAX_RATE) {
			throw new IllegalArgumentException("'shopper.rate' must be between 0 and " + MAX_RATE + " but was " + rate);
		}
		if (maxInFlight < 1) {
			throw new IllegalArgumentException("'shopper.max-in-flight' must be at least 1 but was " + maxInFlight);
		}
	}

}
