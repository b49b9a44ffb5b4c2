package io.meshup.spring.setting;

import java.nio.file.Path;

/**
 * The user's own directory of the mesh.
 */
public final class MeshHome {

	private MeshHome() {
	}

	public static Path directory() {
		return Path.of(System.getProperty("user.home", "."), ".meshup");
	}

}
