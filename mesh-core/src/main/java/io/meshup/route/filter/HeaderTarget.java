package io.meshup.route.filter;

/**
 * The headers of a message as an adapter can change them. Names are compared in any case.
 */
public interface HeaderTarget {

	/**
	 * Replaces all values.
	 * @param name the header
	 * @param value its only value from now on
	 */
	void set(String name, String value);

	/**
	 * Adds a value.
	 * @param name the header
	 * @param value a further value
	 */
	void add(String name, String value);

	/**
	 * Takes the header off.
	 * @param name the header
	 */
	void remove(String name);

}
