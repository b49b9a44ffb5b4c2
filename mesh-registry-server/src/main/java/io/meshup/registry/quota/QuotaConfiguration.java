package io.meshup.registry.quota;

import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.model.InstanceStatus;
import io.meshup.registry.lease.Leases;
import io.meshup.registry.limit.RegistryLimits;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the sharing together.
 */
@Configuration(proxyBeanMethods = false)
public class QuotaConfiguration {

	@Bean
	Quotas quotas(Leases leases, RegistryLimits limits) {
		return new Quotas(System::nanoTime, limits.sharedLimits(), (service) -> serving(leases, service));
	}

	private static Set<String> serving(Leases leases, String service) {
		return leases.instances(service)
			.stream()
			.map((listed) -> listed.instance())
			.filter((instance) -> instance.status() == InstanceStatus.UP)
			.map((instance) -> instance.id())
			.collect(Collectors.toSet());
	}

}
