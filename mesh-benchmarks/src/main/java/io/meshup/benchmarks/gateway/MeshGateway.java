package io.meshup.benchmarks.gateway;

import io.meshup.benchmarks.decision.SampleMesh;
import io.meshup.benchmarks.server.JavaServer;
import io.meshup.traffic.TrafficEngine;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;

/**
 * Our gateway as it is shipped, with a service in two versions, a split and breakers; no
 * registry runs.
 */
public final class MeshGateway {

	private MeshGateway() {
	}

	public static void main(String[] args) throws ClassNotFoundException {
		// The shipped jar is no compile-time dependency: Boot packs it as an application.
		Class<?> application = Class.forName("io.meshup.gateway.GatewayApplication");
		ApplicationContext context = new SpringApplicationBuilder(application).run("--server.port=0",
				"--server.address=127.0.0.1", "--logging.level.root=ERROR", "--mesh.registry.urls=http://127.0.0.1:9",
				"--mesh.cache-dir=" + System.getProperty("java.io.tmpdir") + "/mesh-benchmarks-cache");
		context.getBean(TrafficEngine.class).services().apply(SampleMesh.canary(Integer.parseInt(args[0])));
		JavaServer.ready(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

}
