package io.meshup.gateway;

import java.net.http.HttpResponse;
import java.util.List;

import io.meshup.gateway.fixture.Roundabout;
import io.meshup.gateway.fixture.Upstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All the same where an application adds to the gateway by Spring Cloud Gateway's own
 * means, and that the additions see each request.
 */
@Roundabout
class GatewayOwnFiltersTests extends GatewayTests {

	@Test
	void sendsAnApplicationsOwnRouteThroughTheGatewaysOwnFilters() throws Exception {
		HttpResponse<String> response = send(request("/own/route"));

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("own /own/route");
		assertThat(response.headers().firstValue("x-after")).hasValue("200");
	}

	@Test
	void letsAnApplicationsOwnFilterChangeAnswersOfTheMesh() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200)) {
			known("stock", List.of(upstream.instance("v1")), "");

			HttpResponse<String> response = send(request("/stock/items"));

			assertThat(response.body()).isEqualTo("a got 0");
			assertThat(response.headers().firstValue("x-after")).hasValue("200");
		}
	}

	@Test
	void letsAnApplicationsOwnFilterChangeHeadersAlsoOfCopies() throws Exception {
		try (Upstream upstream = Upstream.answering("a", 200); Upstream copies = Upstream.answering("b", 200)) {
			known("stock", List.of(upstream.instance("v1"), copies.instance("v2")), """
					{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},"spec":{"service":"stock",
					 "rules":[{"backendRefs":[{"version":"v1"}],"filters":[{"requestMirror":{"version":"v2"}}]}]}}""");

			send(request("/stock/items"));
			Awaitility.await().until(() -> copies.seen.size() == 1);

			assertThat(copies.seen.get(0).headers().get("x-own-filter")).containsExactly("1");
			assertThat(upstream.seen.get(0).headers().get("x-own-filter")).containsExactly("1");
		}
	}

}
