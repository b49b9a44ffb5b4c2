package io.meshup.registry.rule.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One place where two documents differ.
 *
 * @param op {@code add}, {@code remove} or {@code replace}
 * @param path where, as a JSON pointer
 * @param from what was there
 * @param to what is there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(String op, String path, @Nullable JsonNode from, @Nullable JsonNode to) {
}
