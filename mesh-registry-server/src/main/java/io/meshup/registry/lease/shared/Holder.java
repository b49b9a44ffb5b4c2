package io.meshup.registry.lease.shared;

/**
 * Who holds an id, as far as taking it over depends on it. Immutable.
 *
 * @param node the node that has its line or its last beat
 * @param incarnation the process
 * @param isSuspect whether nobody knows if it lives, so that another process may have the
 * id
 */
public record Holder(String node, String incarnation, boolean isSuspect) {

	/**
	 * Nobody holds the id.
	 */
	public static final Holder NONE = new Holder("-", "", false);

	private static final String SUSPECT = "suspect";

	/**
	 * How the present holder must begin when somebody follows this one.
	 * @param next the node that follows
	 * @param process the process that it speaks for
	 * @return the beginning of a holder's text
	 */
	public String before(String next, String process) {
		if (this.node.equals(next)) {
			return this.node + " ";
		}
		String same = this.node + " " + this.incarnation + " ";
		return process.equals(this.incarnation) ? same : same + SUSPECT;
	}

	public boolean isAt(String other) {
		return this.node.equals(other);
	}

	@Override
	public String toString() {
		return this.node + " " + this.incarnation + " " + (this.isSuspect ? SUSPECT : "alive");
	}

}
