package io.meshup.gateway;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the gateway.
 *
 * @param services names of the services that are reachable from outside, {@code *} for
 * all
 */
@ConfigurationProperties("mesh.gateway")
public record MeshGatewayProperties(@DefaultValue("*") List<String> services) {

	/**
	 * Whether a service may be reached from outside.
	 * @param service its name
	 * @return {@code true} when it is listed or all are
	 */
	public boolean isReachable(String service) {
		return this.services.contains("*") || this.services.contains(service);
	}

}
