package io.meshup.spring.report;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@code /actuator/mesh}: what is active, what is not and why, and how this application
 * calls every service. Reads only.
 */
@Endpoint(id = "mesh")
final class MeshEndpoint {

	private final MeshReport report;

	MeshEndpoint(MeshReport report) {
		this.report = report;
	}

	@ReadOperation
	MeshDescriptor mesh() {
		return this.report.describe();
	}

}
