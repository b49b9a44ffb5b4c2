package io.meshup.registry;

import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.registry.lease.Leases;
import io.meshup.registry.rule.check.RunningVersions;
import io.meshup.registry.store.ledger.DataDirectory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisReactiveHealthContributorAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;

/**
 * The registry: the features side by side, each with its own configuration.
 */
@SpringBootApplication(exclude = { ReactiveUserDetailsServiceAutoConfiguration.class, DataRedisAutoConfiguration.class,
		DataRedisReactiveAutoConfiguration.class, DataRedisRepositoriesAutoConfiguration.class,
		DataRedisHealthContributorAutoConfiguration.class, DataRedisReactiveHealthContributorAutoConfiguration.class })
public class RegistryApplication {

	/**
	 * Starts the registry.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		SpringApplication.run(RegistryApplication.class, args);
	}

	@Bean
	RunningVersions runningVersions(Leases leases) {
		return (service) -> versions(leases, service);
	}

	@Bean
	StartReport startReport(ServerProperties server, DataDirectory directory) {
		return new StartReport(server, directory);
	}

	private static Set<String> versions(Leases leases, String service) {
		return leases.instances(service)
			.stream()
			.map((listed) -> listed.instance().version())
			.collect(Collectors.toUnmodifiableSet());
	}

}
