package io.meshup.spring.local;

import java.util.List;
import java.util.Map;

import io.meshup.model.rule.policy.Bulkhead;
import io.meshup.model.rule.policy.CircuitBreaker;
import io.meshup.model.rule.policy.LoadBalancer;
import io.meshup.model.rule.policy.Locality;
import io.meshup.model.rule.policy.OutlierDetection;
import io.meshup.model.rule.policy.RetryBudget;
import io.meshup.model.rule.policy.WarmUp;
import io.meshup.model.rule.route.RouteRule;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The shape of local settings, out of which the build makes the metadata that editors
 * complete them by. They are read by {@link LocalRules}, not bound to this: only there
 * wrong ones are told in the words of the registry.
 *
 * @param services rules for the calls to a service, by its name; one of the same kind
 * from the registry wins
 */
@ConfigurationProperties("mesh.traffic")
record MeshTrafficProperties(Map<String, Service> services) {

	/**
	 * Rules for the calls to one service: the fields of a Route and of a TrafficPolicy.
	 *
	 * @param rules which request goes where and how; the first that matches decides
	 * @param loadBalancer how an instance is picked
	 * @param warmUp how a new instance comes to its full share
	 * @param locality which zone is called
	 * @param outlierDetection when an instance that keeps failing is left out
	 * @param circuitBreaker when a version that keeps failing is left out
	 * @param bulkhead how many calls may be under way at a time
	 * @param retryBudget how many retries the calls may add
	 * @param panicThresholdPercent below this share of instances that are not ejected all
	 * are used, 0 to 100, 50 by default
	 */
	record Service(List<RouteRule> rules, LoadBalancer loadBalancer, WarmUp warmUp, Locality locality,
			OutlierDetection outlierDetection, CircuitBreaker circuitBreaker, Bulkhead bulkhead,
			RetryBudget retryBudget, Integer panicThresholdPercent) {
	}

}
