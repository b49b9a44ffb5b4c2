package io.meshup.demo.shopper;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The shop's two doors: the storefront by its name in the mesh, and the gateway.
 */
@Component
final class Shop {

	private final RestClient storefront;

	private final RestClient gateway;

	Shop(RestClient.Builder builder, ShopperProperties properties) {
		this.storefront = builder.clone().baseUrl(properties.storefrontUrl()).build();
		this.gateway = builder.clone().baseUrl(properties.gatewayUrl()).build();
	}

	/**
	 * Carries a visit out and reads the answer to its end.
	 * @param visit what to do
	 * @return the status
	 */
	HttpStatusCode visit(Visit visit) {
		RestClient client = visit.throughGateway() ? this.gateway : this.storefront;
		RestClient.RequestBodySpec request = client.method(visit.method()).uri(visit.path());
		if (HttpMethod.POST.equals(visit.method())) {
			request.contentType(MediaType.APPLICATION_JSON).body(visit.body());
		}
		return request.retrieve()
			.onStatus(HttpStatusCode::isError, (call, response) -> response.getBody().readAllBytes())
			.toEntity(String.class)
			.getStatusCode();
	}

}
