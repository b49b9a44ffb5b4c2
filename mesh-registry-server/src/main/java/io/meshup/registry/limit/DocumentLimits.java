package io.meshup.registry.limit;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the text of rules. The upper bounds are what every participant's reader can
 * take.
 *
 * @param depth levels of nesting, 8 to 56
 * @param textLength characters of one text, 100 to 1,000,000
 * @param numberLength digits of one number, 20 to 1,000
 * @param values values in the documents of one call, 100 to 10,000,000
 * @param aliases YAML aliases in one call, 0 to 1,000
 * @param listEntries entries of a list, 1 to 10,000; lists with a smaller limit in the
 * schema of their kind keep that
 */
public record DocumentLimits(@DefaultValue("32") int depth, @DefaultValue("65536") int textLength,
		@DefaultValue("100") int numberLength, @DefaultValue("100000") int values, @DefaultValue("20") int aliases,
		@DefaultValue("200") int listEntries) {

	void check(Bounds bounds) {
		bounds.whole("document.depth", this.depth, 8, 56)
			.whole("document.text-length", this.textLength, 100, 1_000_000)
			.whole("document.number-length", this.numberLength, 20, 1_000)
			.whole("document.values", this.values, 100, 10_000_000)
			.whole("document.aliases", this.aliases, 0, 1_000)
			.whole("document.list-entries", this.listEntries, 1, 10_000);
	}

}
