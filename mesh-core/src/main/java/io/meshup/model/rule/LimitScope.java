package io.meshup.model.rule;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Over what a limit counts.
 */
public enum LimitScope {

	/**
	 * Each instance of the service for itself.
	 */
	@JsonProperty("local")
	LOCAL,

	/**
	 * All instances of the service together, by shares that the registry hands out.
	 */
	@JsonProperty("mesh")
	MESH

}
