package io.meshup.registry.security.token;

import java.security.Principal;
import java.util.Map;

import io.meshup.model.MeshJson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The tokens over HTTP.
 */
@RestController
@RequestMapping("/api/v1/tokens")
final class TokenController {

	private final ApiTokens tokens;

	TokenController(ApiTokens tokens) {
		this.tokens = tokens;
	}

	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	byte[] list() {
		return MeshJson.write(Map.of("tokens", this.tokens.all()));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	Mono<byte[]> make(@RequestBody(required = false) byte @Nullable [] body, Principal author) {
		TokenRequest wanted = TokenRequest.read((body != null) ? body : new byte[0], this.tokens.now(),
				this.tokens.nameLength());
		return this.tokens.make(wanted.name(), wanted.role(), wanted.expiresAt(), author.getName()).map((secret) -> {
			ObjectNode answer = MeshJson.mapper().createObjectNode();
			answer.put("name", wanted.name()).put("role", wanted.role().word());
			if (wanted.expiresAt() != null) {
				answer.put("expiresAt", wanted.expiresAt().toString());
			}
			return MeshJson.write(answer.put("token", secret.value()));
		});
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> end(@PathVariable String name, Principal author) {
		return this.tokens.end(name, author.getName());
	}

}
