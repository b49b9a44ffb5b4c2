package io.meshup.model.rule.policy;

/**
 * Which zone a caller calls.
 *
 * @param preferSameZone whether instances of the caller's own zone come first, default
 * true
 * @param failoverBelowPercent below this share of usable instances in the own zone a
 * growing part of the calls goes to the others, 0 to 100, default 70 (Envoy's
 * overprovisioning factor of 1.4); zero for none while one is left
 */
public record Locality(Boolean preferSameZone, Integer failoverBelowPercent) {

	/**
	 * What holds where no rule says otherwise.
	 */
	public static final Locality DEFAULT = new Locality(true, 70);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public Locality {
		preferSameZone = (preferSameZone != null) ? preferSameZone : true;
		failoverBelowPercent = (failoverBelowPercent != null) ? failoverBelowPercent : 70;
		if (failoverBelowPercent < 0 || failoverBelowPercent > 100) {
			throw new IllegalArgumentException(
					"'failoverBelowPercent' must be between 0 and 100 but was " + failoverBelowPercent);
		}
	}

}
