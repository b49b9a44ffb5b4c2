package io.meshup.model.rule;

import io.meshup.model.ServiceName;
import io.meshup.model.rule.policy.Bulkhead;
import io.meshup.model.rule.policy.CircuitBreaker;
import io.meshup.model.rule.policy.LoadBalancer;
import io.meshup.model.rule.policy.Locality;
import io.meshup.model.rule.policy.OutlierDetection;
import io.meshup.model.rule.policy.RetryBudget;
import io.meshup.model.rule.policy.WarmUp;

/**
 * How every caller treats one service.
 *
 * @param name the rule's name
 * @param revision when the registry accepted it
 * @param service the service
 * @param loadBalancer how an instance is picked
 * @param warmUp how a new instance gets its share
 * @param locality which zone is called
 * @param outlierDetection when a caller leaves an instance out
 * @param circuitBreaker when a caller leaves a version out; {@link CircuitBreaker#NONE}
 * by default
 * @param retryBudget how many retries the service's calls may add
 * @param bulkhead how many calls may be under way at a time
 * @param panicThresholdPercent below this share of instances that are not ejected all are
 * used, 0 to 100, default 50 (Envoy's and Istio's idea of panic)
 */
public record TrafficPolicy(String name, long revision, String service, LoadBalancer loadBalancer, WarmUp warmUp,
		Locality locality, OutlierDetection outlierDetection, CircuitBreaker circuitBreaker, RetryBudget retryBudget,
		Bulkhead bulkhead, Integer panicThresholdPercent) implements Rule {

	/**
	 * The kind as documents write it.
	 */
	public static final String KIND = "TrafficPolicy";

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public TrafficPolicy {
		ServiceName.require(service);
		loadBalancer = (loadBalancer != null) ? loadBalancer : LoadBalancer.DEFAULT;
		warmUp = (warmUp != null) ? warmUp : WarmUp.DEFAULT;
		locality = (locality != null) ? locality : Locality.DEFAULT;
		outlierDetection = (outlierDetection != null) ? outlierDetection : OutlierDetection.DEFAULT;
		circuitBreaker = (circuitBreaker != null) ? circuitBreaker : CircuitBreaker.NONE;
		retryBudget = (retryBudget != null) ? retryBudget : RetryBudget.DEFAULT;
		bulkhead = (bulkhead != null) ? bulkhead : Bulkhead.NONE;
		panicThresholdPercent = (panicThresholdPercent != null) ? panicThresholdPercent : 50;
		if (panicThresholdPercent < 0 || panicThresholdPercent > 100) {
			throw new IllegalArgumentException(
					"'panicThresholdPercent' must be between 0 and 100 but was " + panicThresholdPercent);
		}
	}

	/**
	 * What holds for a service without a policy.
	 * @param service the service
	 * @return the defaults
	 */
	@SuppressWarnings("NullAway")
	public static TrafficPolicy defaults(String service) {
		return new TrafficPolicy("", 0, service, null, null, null, null, null, null, null, null);
	}

	@Override
	public String kind() {
		return KIND;
	}

}
