package io.meshup.spring;

import java.nio.file.Path;

/**
 * The user's own directory of the mesh.
 */
final class MeshHome {

	private MeshHome() {
	}

	static Path directory() {
		return Path.of(System.getProperty("user.home", "."), ".meshup");
	}

}
