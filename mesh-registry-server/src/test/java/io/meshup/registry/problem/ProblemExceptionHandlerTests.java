package io.meshup.registry.problem;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.meshup.registry.limit.LimitConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemExceptionHandlerTests {

	private final WebTestClient client = WebTestClient
		.bindToApplicationContext(new AnnotationConfigApplicationContext(WebFlux.class, LimitConfiguration.class,
				ProblemConfiguration.class, Endpoints.class))
		.build();

	@Test
	void writesAProblemWithItsViolations() {
		this.client.get()
			.uri("/api/refused")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.json("""
					{"type":"about:blank","title":"Bad Request","status":400,
					"detail":"The request has 1 violation. Nothing was changed; correct and send again.",
					"violations":[{"document":3,"pointer":"/a","message":"must be 1 but was 2"}]}""");
	}

	@Test
	void saysNothingOfWhatIsInside() {
		String body = problem(HttpMethod.GET, "/api/broken", 500);

		assertThat(body).doesNotContain("secret", "IllegalState", "io.meshup", "\tat ");
	}

	@Test
	void answersWhatTheFrameworkRefuses() {
		assertThat(problem(HttpMethod.GET, "/api/nowhere", 404)).contains("There is nothing at '/api/nowhere'");
		assertThat(problem(HttpMethod.DELETE, "/api/refused", 405)).contains("'DELETE' is not possible", "GET");
		assertThat(problem(HttpMethod.GET, "/api/number?n=x", 400)).contains("cannot be read");
		assertThat(problem(HttpMethod.GET, "/api/number", 400)).contains("'n' is missing");
		assertThat(problem(HttpMethod.POST, "/api/json", 415)).contains("application/json");
	}

	@Test
	void namesThePossibleMethods() {
		this.client.delete()
			.uri("/api/refused")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.METHOD_NOT_ALLOWED)
			.expectHeader()
			.valueEquals("Allow", "GET");
	}

	@Test
	void answersATypeThatCannotBeGiven() {
		this.client.get()
			.uri("/api/number?n=1")
			.accept(MediaType.IMAGE_PNG)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void answersABodyThatDoesNotParse() {
		this.client.post()
			.uri("/api/json")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private String problem(HttpMethod method, String path, int status) {
		byte[] body = this.client.method(method)
			.uri(path)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.returnResult()
			.getResponseBody();
		return new String((body != null) ? body : new byte[0], StandardCharsets.UTF_8);
	}

	@EnableWebFlux
	static class WebFlux {

	}

	@RestController
	static class Endpoints {

		@GetMapping("/api/refused")
		String refused() {
			throw ApiProblem.invalid(List.of(Violation.of(3, "/a", "must be 1 but was 2")));
		}

		@GetMapping("/api/broken")
		String broken() {
			throw new IllegalStateException("secret");
		}

		@GetMapping(path = "/api/number", produces = MediaType.TEXT_PLAIN_VALUE)
		String number(@RequestParam int n) {
			return "n" + n;
		}

		@PostMapping(path = "/api/json", consumes = MediaType.APPLICATION_JSON_VALUE)
		String json(@RequestBody List<Integer> body) {
			return "n" + body.size();
		}

	}

}
