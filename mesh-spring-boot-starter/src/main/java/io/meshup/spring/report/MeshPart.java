package io.meshup.spring.report;

/**
 * One part of the mesh in this application, for the report at {@code /actuator/mesh}.
 * Each part defines a bean of this type; a part whose auto-configuration did not match
 * needs none, the report finds the reason by itself.
 *
 * @param name short, in kebab case, for example {@code rest-client}
 * @param active whether it works
 * @param detail what it does, or why it does not
 */
public record MeshPart(String name, boolean active, String detail) {

	/**
	 * A part that works.
	 * @param name its name
	 * @param detail what it does
	 * @return the part
	 */
	public static MeshPart active(String name, String detail) {
		return new MeshPart(name, true, detail);
	}

	/**
	 * A part that does not work.
	 * @param name its name
	 * @param reason why not
	 * @return the part
	 */
	public static MeshPart inactive(String name, String reason) {
		return new MeshPart(name, false, reason);
	}

}
