package io.meshup.gateway;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the gateway.
 *
 * @param services names of the services that are reachable from outside, {@code *} for
 * all
 * @param lanes which requests from outside may choose a lane
 * @param straightWay whether requests into the mesh pass by the filter chain of Spring
 * Cloud Gateway where nothing of an application's own stands in it
 */
@ConfigurationProperties("mesh.gateway")
public record MeshGatewayProperties(@DefaultValue("*") List<String> services, @DefaultValue Lanes lanes,
		@DefaultValue("true") boolean straightWay) {

	/**
	 * Whether a service may be reached from outside.
	 * @param service its name
	 * @return {@code true} when it is listed or all are
	 */
	public boolean isReachable(String service) {
		return this.services.contains("*") || this.services.contains(service);
	}

	/**
	 * Which requests from outside may choose a lane.
	 *
	 * @param fromOutside whether x-mesh-lane and the baggage member mesh.lane of requests
	 * from outside are let in; a lane runs what is not released, and anybody can send a
	 * header
	 */
	public record Lanes(@DefaultValue("false") boolean fromOutside) {
	}

}
