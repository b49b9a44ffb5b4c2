package io.meshup.registry.rule.check;

import java.util.Set;

/**
 * What runs at present, for warnings on rules that name something else.
 */
@FunctionalInterface
public interface RunningVersions {

	/**
	 * The versions of a service that have an instance.
	 * @param service the service
	 * @return its versions, empty when the service does not run
	 */
	Set<String> versionsOf(String service);

}
