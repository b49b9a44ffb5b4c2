package io.meshup.traffic.event;

/**
 * How a call ended, with all its attempts.
 *
 * @param service the service that was called for, {@link #UNKNOWN} for a name that is
 * none: anybody can make up names, and who counts by them must not grow without bound
 * @param version of the last attempt's instance, empty when nothing was sent
 * @param outcome {@code delivered}, {@code failed}, {@code cancelled}, {@code cached}, or
 * the reason of a reply: {@code no-instance}, {@code circuit-open}, {@code timeout}
 * @param status what the caller got, or -1
 * @param attempts how many were sent
 * @param nanos until the caller had the head of the response or the failure
 */
public record CallResult(String service, String version, String outcome, int status, int attempts, long nanos) {

	/**
	 * Stands for all names that are no service of the mesh.
	 */
	public static final String UNKNOWN = "(unknown)";

}
