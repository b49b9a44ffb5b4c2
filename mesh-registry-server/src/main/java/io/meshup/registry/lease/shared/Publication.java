package io.meshup.registry.lease.shared;

import io.meshup.registry.store.SharedLease;

/**
 * How changes of instances get to the watchers.
 */
public interface Publication {

	/**
	 * Something about a service can be seen from now on and needs a revision.
	 * @param service the service
	 */
	void changed(String service);

	/**
	 * Something about an instance can be seen from now on: its service needs a revision,
	 * and the other nodes are to know.
	 * @param row what is to be known
	 */
	void share(SharedLease row);

	/**
	 * The last revision of a service whose publication has begun. What can be seen before
	 * this is asked is in every later one.
	 * @param service the service
	 * @return the revision
	 */
	long last(String service);

}
