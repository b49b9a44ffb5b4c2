package io.meshup.spring.setting;

import io.meshup.model.MeshException;

/**
 * A setting that the mesh cannot work with: names the property, its value, what is wrong
 * and what to do.
 */
public final class MeshSettingException extends MeshException {

	private final String action;

	public MeshSettingException(String property, String value, String problem, String action) {
		super("", "'" + property + "' with the value '" + value + "' " + problem + ".");
		this.action = action;
	}

	/**
	 * What mends it.
	 * @return a full sentence
	 */
	public String action() {
		return this.action;
	}

}
