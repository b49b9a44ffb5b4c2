package io.meshup.model.rule.filter;

/**
 * Sends a request to another path than the one it was made for.
 *
 * @param path what becomes of the path; the query stays
 */
public record UrlRewrite(PathModifier path) {

}
