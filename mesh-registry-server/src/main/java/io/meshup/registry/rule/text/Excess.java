package io.meshup.registry.rule.text;

import io.meshup.registry.limit.DocumentLimits;
import io.meshup.registry.limit.RegistryLimits;
import tools.jackson.databind.JsonNode;

/**
 * What documents have too much of, said in the same words for JSON and YAML.
 */
final class Excess {

	private final DocumentLimits limits;

	Excess(DocumentLimits limits) {
		this.limits = limits;
	}

	String depth() {
		return "it is nested deeper than " + this.limits.depth() + " levels" + see("depth");
	}

	String values() {
		return "it has more than " + this.limits.values() + " values" + see("values");
	}

	String aliases() {
		return "it has more than " + this.limits.aliases() + " aliases" + see("aliases");
	}

	String text() {
		return "a text is longer than " + this.limits.textLength() + " characters" + see("text-length");
	}

	String number() {
		return "a number is longer than " + this.limits.numberLength() + " digits" + see("number-length");
	}

	/**
	 * Whether there are more levels of nesting than are taken.
	 * @param document an object or a list
	 * @return whether it is too deep
	 */
	boolean isTooDeep(JsonNode document) {
		return isDeeper(document, this.limits.depth());
	}

	private static boolean isDeeper(JsonNode node, int most) {
		if (!node.isContainer()) {
			return false;
		}
		return most == 0 || node.valueStream().anyMatch((child) -> isDeeper(child, most - 1));
	}

	/**
	 * Counts objects, lists, texts and all else.
	 * @param document the tree
	 * @return how many there are
	 */
	static long count(JsonNode document) {
		return 1 + document.valueStream().mapToLong(Excess::count).sum();
	}

	private static String see(String property) {
		return " (see " + RegistryLimits.PREFIX + "document." + property + ")";
	}

}
