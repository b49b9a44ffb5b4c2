package io.meshup.registry.insight;

import java.util.List;

/**
 * What the callers of a service said of it in their last beats. Thread-safe.
 */
public interface CallerReports {

	/**
	 * The reports of callers that still beat.
	 * @param service the service that is called
	 * @return one for each caller and version
	 */
	List<CallerReport> of(String service);

}
