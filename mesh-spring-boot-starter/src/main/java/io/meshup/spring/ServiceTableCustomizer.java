package io.meshup.spring;

import io.meshup.traffic.table.ServiceTable;

/**
 * Adds to the table that this application's calls go by. Beans of this type are asked
 * once, in their order, when the table is made.
 */
@FunctionalInterface
public interface ServiceTableCustomizer {

	/**
	 * Adds rules or services of this application's own.
	 * @param table the table to be
	 */
	void customize(ServiceTable.Builder table);

}
