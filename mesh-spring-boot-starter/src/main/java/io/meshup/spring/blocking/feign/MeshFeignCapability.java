package io.meshup.spring.blocking.feign;

import feign.Capability;
import feign.Client;
import io.meshup.spring.blocking.call.BlockingCalls;
import io.meshup.spring.client.HostScope;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.openfeign.loadbalancer.FeignBlockingLoadBalancerClient;
import org.springframework.cloud.openfeign.loadbalancer.RetryableFeignBlockingLoadBalancerClient;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Puts the entrance to the mesh around the client of each Feign builder, innermost, so
 * that observations stay one per call. Public because Feign calls capabilities by
 * reflection. Thread-safe.
 */
public final class MeshFeignCapability implements Capability, Ordered {

	private static final boolean LOAD_BALANCER_PRESENT = ClassUtils.isPresent(
			"org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory",
			MeshFeignCapability.class.getClassLoader());

	private final BlockingCalls calls;

	private final boolean loadBalancedOnly;

	MeshFeignCapability(BlockingCalls calls, boolean loadBalancedOnly) {
		this.calls = calls;
		this.loadBalancedOnly = loadBalancedOnly;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Client enrich(Client client) {
		Client direct = LOAD_BALANCER_PRESENT ? SpringCloud.withoutLoadBalancer(client) : null;
		if (direct != null) {
			return new MeshFeignClient(direct, this.calls, HostScope.ANY);
		}
		return this.loadBalancedOnly ? client : new MeshFeignClient(client, this.calls, HostScope.KNOWN);
	}

	/**
	 * Only loaded where Spring Cloud LoadBalancer is on the class path.
	 */
	private static final class SpringCloud {

		private static @Nullable Client withoutLoadBalancer(Client client) {
			if (client instanceof FeignBlockingLoadBalancerClient balanced) {
				return balanced.getDelegate();
			}
			if (client instanceof RetryableFeignBlockingLoadBalancerClient balanced) {
				return balanced.getDelegate();
			}
			return null;
		}

	}

}
