package io.meshup.route.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.rule.filter.Header;
import io.meshup.model.rule.filter.HeaderModifier;

/**
 * What a rule changes about the headers of a message. Immutable.
 */
public final class HeaderChanges {

	/**
	 * No change.
	 */
	public static final HeaderChanges NONE = new HeaderChanges(HeaderModifier.NONE);

	private final Header[] set;

	private final Header[] add;

	private final List<String> remove;

	// Headers of the mesh's own, which no rule may set; mostly none.
	private final Map<String, String> own;

	private HeaderChanges(HeaderModifier modifier) {
		this.own = Map.of();
		this.set = modifier.set().toArray(Header[]::new);
		this.add = modifier.add().toArray(Header[]::new);
		this.remove = modifier.remove();
	}

	private HeaderChanges(HeaderChanges rule, String name, String value) {
		Map<String, String> own = new HashMap<>(rule.own);
		own.put(name, value);
		this.own = Map.copyOf(own);
		this.set = rule.set;
		this.add = rule.add;
		this.remove = rule.remove;
	}

	static HeaderChanges of(HeaderModifier modifier) {
		return modifier.equals(HeaderModifier.NONE) ? NONE : new HeaderChanges(modifier);
	}

	/**
	 * Adds a header of the mesh's own to what a rule changes.
	 * @param name its name
	 * @param value its value
	 * @return other changes; this stays as it is
	 */
	public HeaderChanges withOwn(String name, String value) {
		return new HeaderChanges(this, name, value);
	}

	/**
	 * Whether there is nothing to change, so that an adapter need not copy anything.
	 * @return {@code true} for {@link #NONE}
	 */
	public boolean isEmpty() {
		return this == NONE;
	}

	/**
	 * Makes the changes: remove, then set, then add.
	 * @param target the message's headers
	 */
	public void applyTo(HeaderTarget target) {
		for (String name : this.remove) {
			target.remove(name);
		}
		for (Header header : this.set) {
			target.set(header.name(), header.value());
		}
		for (Header header : this.add) {
			target.add(header.name(), header.value());
		}
		this.own.forEach(target::set);
	}

}
