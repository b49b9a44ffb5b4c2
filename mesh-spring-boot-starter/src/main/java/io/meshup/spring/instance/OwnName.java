package io.meshup.spring.instance;

import java.util.Locale;

import io.meshup.model.ServiceName;
import io.meshup.spring.setting.MeshSettingException;

import org.springframework.core.env.Environment;

/**
 * The name of this application in the mesh: {@code spring.application.name}.
 */
public final class OwnName {

	private static final String PROPERTY = "spring.application.name";

	private OwnName() {
	}

	public static String of(Environment environment) {
		return environment.getProperty(PROPERTY, "").strip();
	}

	static String require(Environment environment) {
		String name = of(environment);
		if (!ServiceName.isValid(name)) {
			throw new MeshSettingException(PROPERTY, name,
					"cannot name a service of the mesh: it must be one DNS label (a-z, 0-9, -; at most 63 characters; "
							+ "no dot; not 'localhost')",
					"Set " + PROPERTY + " to a name such as '" + suggestion(name)
							+ "', or set mesh.enabled=false to start without the mesh.");
		}
		return name;
	}

	private static String suggestion(String name) {
		String label = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^a-z0-9]+", "-")
			.replaceAll("^-|-$", "");
		return ServiceName.isValid(label) ? label : "orders";
	}

}
