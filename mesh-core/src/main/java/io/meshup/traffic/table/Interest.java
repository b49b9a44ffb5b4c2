package io.meshup.traffic.table;

import java.util.Set;

/**
 * Which services this process is told of. Where it is told of all, nothing needs to be
 * asked for. Thread-safe; nothing here blocks.
 */
public interface Interest {

	/**
	 * Is told of every service.
	 */
	Interest ALL = new Interest() {

		@Override
		public boolean isSelective() {
			return false;
		}

		@Override
		public boolean hasNames() {
			return true;
		}

		@Override
		public boolean exists(String service) {
			return false;
		}

		@Override
		public void want(String service) {
			// It comes by itself.
		}

	};

	/**
	 * Whether services must be asked for.
	 * @return {@code false} where all come by themselves
	 */
	boolean isSelective();

	/**
	 * Whether it can be said which names are services.
	 * @return {@code false} before anything was heard
	 */
	boolean hasNames();

	/**
	 * Whether the mesh has a service of a name, be it watched or not.
	 * @param service any host
	 * @return {@code false} while no names are known
	 */
	boolean exists(String service);

	/**
	 * Whether the mesh has, or had since this process knows names, a service of a name:
	 * it is never taken for another host.
	 * @param service any host
	 * @return {@code false} while no names are known
	 */
	default boolean existed(String service) {
		return exists(service);
	}

	/**
	 * The names of all services, as far as they do not come by themselves.
	 * @return empty while no names are known
	 */
	default Set<String> names() {
		return Set.of();
	}

	/**
	 * Whether what is asked for can be expected to come.
	 * @return {@code false} while the registry cannot be reached
	 */
	default boolean isHeard() {
		return true;
	}

	/**
	 * Asks for a service, whose snapshot is then applied to the table soon.
	 * @param service its name
	 */
	void want(String service);

	/**
	 * Puts in force what was last seen of a service whose snapshot has not come, for
	 * somebody who cannot wait for it.
	 * @param service its name
	 */
	default void lend(String service) {
	}

}
