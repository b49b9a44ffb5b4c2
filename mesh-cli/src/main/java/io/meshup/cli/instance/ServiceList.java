package io.meshup.cli.instance;

import java.util.ArrayList;
import java.util.List;

import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.RegistryClient;
import tools.jackson.databind.JsonNode;

/**
 * What runs, as the registry tells it.
 */
public final class ServiceList {

	private ServiceList() {
	}

	/**
	 * All services, each with its instances.
	 * @param registry the registry
	 * @return what {@code GET /api/v1/services/NAME} answers for each, in order
	 */
	public static List<JsonNode> details(RegistryClient registry) {
		List<String> names = new ArrayList<>();
		registry.get(ApiPath.of("services"))
			.path("services")
			.forEach((service) -> names.add(service.path("name").asString("")));
		return names.parallelStream().map((name) -> registry.get(ApiPath.of("services", name))).toList();
	}

}
