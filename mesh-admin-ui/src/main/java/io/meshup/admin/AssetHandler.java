package io.meshup.admin;

import java.util.List;
import java.util.Map;
import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers GET and HEAD of the dashboard's files, each with the headers that keep foreign
 * code and frames out. Stateless after construction.
 */
final class AssetHandler implements HandlerFunction<ServerResponse> {

	static final Map<String, String> SECURITY = Map.of("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
					+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
			"X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "X-Frame-Options", "DENY");

	private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

	private final Assets assets;

	AssetHandler(Assets assets) {
		this.assets = assets;
	}

	boolean serves(ServerRequest request) {
		return METHODS.contains(request.method()) && this.assets.at(pathOf(request)).isPresent();
	}

	@Override
	public Mono<ServerResponse> handle(ServerRequest request) {
		return Mono.justOrEmpty(this.assets.at(pathOf(request))).flatMap((asset) -> answer(request, asset));
	}

	private static Mono<ServerResponse> answer(ServerRequest request, Asset asset) {
		boolean known = names(request.headers().header(HttpHeaders.IF_NONE_MATCH), asset.etag());
		ServerResponse.BodyBuilder response = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
			.eTag(asset.etag())
			.cacheControl(asset.cacheControl());
		SECURITY.forEach(response::header);
		return known ? response.build() : response.contentType(asset.contentType()).bodyValue(asset.content());
	}

	// A proxy that compresses makes the tag weak; it names the same bytes still.
	private static boolean names(List<String> ifNoneMatch, String etag) {
		return ifNoneMatch.stream()
			.flatMap((header) -> List.of(header.split(",")).stream())
			.map((tag) -> tag.strip().replaceFirst("^W/", ""))
			.anyMatch((tag) -> tag.equals("*") || tag.equals(etag));
	}

	private static String pathOf(ServerRequest request) {
		return request.requestPath().pathWithinApplication().value();
	}

}
