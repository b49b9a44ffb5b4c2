package io.meshup.admin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;

import static org.assertj.core.api.Assertions.assertThat;

class AssetHandlerTests {

	private final Assets assets = Assets.load(getClass().getClassLoader());

	private final AssetHandler handler = new AssetHandler(this.assets);

	private final WebTestClient client = WebTestClient
		.bindToRouterFunction(RouterFunctions.route(this.handler::serves, this.handler))
		.build();

	@Test
	void servesEveryListedFileWithTypeTagAndSecurityHeaders() {
		assertThat(this.assets.byPath()).hasSizeGreaterThanOrEqualTo(4);
		this.assets.byPath().forEach((path, asset) -> {
			EntityExchangeResult<byte[]> answer = this.client.get().uri(path).exchange().expectBody().returnResult();

			assertThat(answer.getStatus().value()).as(path).isEqualTo(200);
			assertThat(answer.getResponseBodyContent()).isEqualTo(asset.content());
			assertThat(answer.getResponseHeaders().getContentType()).isEqualTo(asset.contentType());
			assertThat(answer.getResponseHeaders().getETag()).isEqualTo(asset.etag());
			AssetHandler.SECURITY
				.forEach((name, value) -> assertThat(answer.getResponseHeaders().get(name)).containsExactly(value));
		});
	}

	@Test
	void asksForTheStartPageAgainAndKeepsHashedFiles() {
		assertThat(cacheOf("/")).isEqualTo("no-cache");
		assertThat(pathsEndingWith(".js", ".css")).hasSizeGreaterThanOrEqualTo(2)
			.allSatisfy((path) -> assertThat(cacheOf(path)).isEqualTo("max-age=31536000, public, immutable"));
	}

	@Test
	void startPageLoadsOnlyFilesThatAreServed() {
		String page = new String(this.assets.at("/").orElseThrow().content(), StandardCharsets.UTF_8);

		assertThat(page).doesNotContain("<style")
			.doesNotContain("style=")
			.doesNotContain("http:")
			.doesNotContain("https:");
		assertThat(pathsEndingWith(".js", ".css")).allSatisfy((path) -> assertThat(page).contains("\"." + path + "\""));
	}

	@Test
	void answersAKnownTagWithoutBodyButWithSecurityHeaders() {
		String tag = this.assets.at("/").orElseThrow().etag();

		for (String sent : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
			this.client.get()
				.uri("/")
				.header(HttpHeaders.IF_NONE_MATCH, sent)
				.exchange()
				.expectStatus()
				.isNotModified()
				.expectHeader()
				.valueEquals("X-Frame-Options", "DENY")
				.expectHeader()
				.valueEquals(HttpHeaders.ETAG, tag)
				.expectBody()
				.isEmpty();
		}
	}

	@Test
	void answersAnOtherTagWithTheFile() {
		this.client.get()
			.uri("/")
			.header(HttpHeaders.IF_NONE_MATCH, "\"other\"")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/index.html", "/assets", "/assets/", "/assets.sha256", "/sources.sha256",
			"/../meshup-ui/index.html", "/assets/../assets.sha256", "/assets/..%2fassets.sha256",
			"/assets/%2e%2e/assets.sha256", "/assets\\..\\assets.sha256", "//assets.sha256", "/META-INF/MANIFEST.MF",
			"/favicon.svg/", "/favicon.svg;x=1", "/FAVICON.SVG" })
	void knowsNothingButTheListedPaths(String path) {
		this.client.get()
			.uri((builder) -> URI.create("http://localhost" + path.replace("\\", "%5c")))
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	@Test
	void leavesOtherMethodsToOthers() {
		this.client.post().uri("/").exchange().expectStatus().isNotFound();
		this.client.delete().uri("/favicon.svg").exchange().expectStatus().isNotFound();
	}

	private String cacheOf(String path) {
		return this.assets.at(path).orElseThrow().cacheControl().getHeaderValue();
	}

	private List<String> pathsEndingWith(String... ends) {
		return this.assets.byPath()
			.keySet()
			.stream()
			.filter((path) -> List.of(ends).stream().anyMatch(path::endsWith))
			.toList();
	}

}
