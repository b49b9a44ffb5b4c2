package io.meshup.registry.rule.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;

/**
 * Reads operators' text as trees, within limits. Thread-safe.
 */
public final class DocumentReader {

	private final RegistryLimits limits;

	private final JsonText json;

	public DocumentReader(RegistryLimits limits) {
		this.limits = limits;
		this.json = new JsonText(limits.document());
	}

	/**
	 * Reads all documents of a request.
	 * @param body the bytes
	 * @param type says whether it is JSON or YAML
	 * @return at least one document
	 * @throws ApiProblem when there is none or the text does not parse; tells where
	 */
	public List<JsonNode> read(byte[] body, @Nullable MediaType type) {
		String text = text(body);
		boolean json = type == null || type.getSubtype().endsWith("json");
		List<JsonNode> documents = json ? this.json.read(text) : new YamlText(this.limits).read(text);
		if (documents.isEmpty() || documents.get(0).isMissingNode()) {
			throw ApiProblem.invalid(List.of(Violation.of(0, "", "must be a rule but there is no document")));
		}
		return documents;
	}

	private static String text(byte[] body) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw ApiProblem.invalid(List.of(Violation.at(0, 1, 1, "must be text in UTF-8 but is not")));
		}
	}

}
