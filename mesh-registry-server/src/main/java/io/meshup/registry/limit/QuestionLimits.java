package io.meshup.registry.limit;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of a request that is to be explained.
 *
 * @param entries headers, and as many query parameters, 1 to 10,000
 * @param textLength characters of one text, 10 to 100,000
 */
public record QuestionLimits(@DefaultValue("100") int entries, @DefaultValue("8000") int textLength) {

	void check(Bounds bounds) {
		bounds.whole("question.entries", this.entries, 1, 10_000)
			.whole("question.text-length", this.textLength, 10, 100_000);
	}

}
