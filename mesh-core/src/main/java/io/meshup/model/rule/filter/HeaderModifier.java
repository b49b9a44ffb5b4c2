package io.meshup.model.rule.filter;

import java.util.List;

/**
 * Changes to the headers of a request or a response, in the order remove, set, add.
 *
 * @param set replaces all values of a header
 * @param add adds a value
 * @param remove names of headers that are taken off
 */
public record HeaderModifier(List<Header> set, List<Header> add, List<String> remove) {

	/**
	 * No change.
	 */
	public static final HeaderModifier NONE = new HeaderModifier(List.of(), List.of(), List.of());

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public HeaderModifier {
		set = (set != null) ? List.copyOf(set) : List.of();
		add = (add != null) ? List.copyOf(add) : List.of();
		remove = (remove != null) ? List.copyOf(remove) : List.of();
		remove.forEach(Header::requireChangeable);
	}

}
