package io.meshup.registry.security.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.meshup.model.MeshJson;
import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every handler has a row, and every row holds for every role.
 */
class AccessTableTests extends RunningRegistry {

	private static final List<Role> PEOPLE = List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN);

	@Test
	void hasARowForEveryHandler(
			@Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
		Set<String> without = new TreeSet<>();
		mapping.getHandlerMethods().keySet().forEach((info) -> calls(info, without));
		without.removeIf((call) -> call.contains(" /v3/api-docs"));
		AccessTable.ROWS.forEach((row) -> without.remove(row.method() + " " + row.pattern()));

		assertThat(without).as("calls without a row in AccessTable").containsExactly("POST /api/v1/session");
	}

	private static void calls(RequestMappingInfo info, Set<String> calls) {
		for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
			for (RequestMethod method : info.getMethodsCondition().getMethods()) {
				calls.add(method + " " + pattern.getPatternString());
			}
		}
	}

	@Test
	void allowsWhatTheRoleMayAndNothingElse() {
		Map<Role, WebTestClient> clients = new HashMap<>();
		PEOPLE.forEach((role) -> clients.put(role, bearer(token(role))));

		for (AccessTable.Row row : AccessTable.ROWS) {
			for (Role role : PEOPLE) {
				boolean allowed = role == Role.ADMIN
						|| (row.least() != Role.PARTICIPANT && role.ordinal() >= row.least().ordinal());
				int status = call(clients.get(role), row);

				assertThat(status == 403).as("%s %s as %s was %d", row.method(), row.pattern(), role, status)
					.isNotEqualTo(allowed);
				assertThat(status).isNotEqualTo(401).isLessThan(500);
			}
			assertThat(call(anonymous(), row)).as("%s %s as nobody", row.method(), row.pattern()).isEqualTo(401);
			assertThat(call(participant(), row) != 403).as("%s %s as participant", row.method(), row.pattern())
				.isEqualTo(row.least() == Role.PARTICIPANT);
		}
		PEOPLE.forEach((role) -> admin().delete().uri("/api/v1/tokens/matrix-" + role.word()).exchange());
	}

	private static int call(WebTestClient client, AccessTable.Row row) {
		String path = row.pattern().replaceAll("\\{[a-z]+}", "none").replace("**", "api-docs");
		WebTestClient.RequestBodySpec call = client.method(row.method()).uri(path);
		if (row.method().equals(HttpMethod.POST) || row.method().equals(HttpMethod.PUT)) {
			call.contentType(MediaType.APPLICATION_JSON).bodyValue("{}");
		}
		return call.exchange().expectBody().returnResult().getStatus().value();
	}

	private WebTestClient bearer(String token) {
		return anonymous().mutate().defaultHeaders((headers) -> headers.setBearerAuth(token)).build();
	}

	private String token(Role role) {
		return MeshJson
			.readTree(admin().post()
				.uri("/api/v1/tokens")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"name\":\"matrix-" + role.word() + "\",\"role\":\"" + role.word() + "\"}")
				.exchange()
				.expectStatus()
				.isCreated()
				.expectBody()
				.returnResult()
				.getResponseBodyContent())
			.path("token")
			.asString();
	}

}
