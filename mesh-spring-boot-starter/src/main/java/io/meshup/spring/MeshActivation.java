package io.meshup.spring;

import io.meshup.spring.instance.OwnName;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Whether this application is part of the mesh, and why not where it is not.
 *
 * @param active whether it is
 * @param expected whether the user can have meant it so: a missing name is not
 * @param reason the reason in a full sentence
 */
public record MeshActivation(boolean active, boolean expected, String reason) {

	private static final String TEST_CONTEXT = "org.springframework.boot.test.context.SpringBootTestContextBootstrapper";

	public static MeshActivation of(Environment environment) {
		Boolean enabled = Binder.get(environment).bind("mesh.enabled", Boolean.class).orElse(null);
		if (Boolean.FALSE.equals(enabled)) {
			return new MeshActivation(false, true, "mesh.enabled is false.");
		}
		if (Boolean.TRUE.equals(enabled)) {
			return new MeshActivation(true, true, "mesh.enabled is true.");
		}
		if (environment.getProperty(TEST_CONTEXT, Boolean.class, false)) {
			return new MeshActivation(false, true,
					"A test context does not join the mesh. Set mesh.enabled=true where a test is about the mesh.");
		}
		if (OwnName.of(environment).isBlank()) {
			return new MeshActivation(false, false,
					"spring.application.name is not set, so that this application has no name in the mesh. Set it to a "
							+ "DNS label such as 'orders', or set mesh.enabled=false to silence this message.");
		}
		return new MeshActivation(true, true, "The starter is on the class path and nothing speaks against it.");
	}

}
