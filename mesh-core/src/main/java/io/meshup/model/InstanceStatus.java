package io.meshup.model;

/**
 * What state an instance is in. All but {@link #SUSPECT} are the instance's own word.
 */
public enum InstanceStatus {

	/**
	 * Not ready yet for the first time.
	 */
	STARTING,

	/**
	 * Ready to serve.
	 */
	UP,

	/**
	 * Running, but says of itself that it is not ready.
	 */
	DOWN,

	/**
	 * Leaving: finishes what it has and wants nothing new.
	 */
	DRAINING,

	/**
	 * The registry's word: its line broke or its beats stopped, it may be dead.
	 */
	SUSPECT

}
