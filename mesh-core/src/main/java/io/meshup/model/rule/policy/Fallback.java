package io.meshup.model.rule.policy;

/**
 * The answer of an open breaker.
 *
 * @param status 200 to 599, default 200
 * @param contentType of the body, default {@code application/json}
 * @param body literal text, may be empty
 */
public record Fallback(Integer status, String contentType, String body) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public Fallback {
		status = (status != null) ? status : 200;
		contentType = (contentType != null) ? contentType : "application/json";
		body = (body != null) ? body : "";
		if (status < 200 || status > 599) {
			throw new IllegalArgumentException("'status' of a fallback must be between 200 and 599 but was " + status);
		}
	}

}
