package io.meshup.traffic.explain;

import io.meshup.traffic.request.RequestView;
import org.jspecify.annotations.Nullable;

/**
 * Whose calls are explained when they ask for it by the header {@code x-mesh-explain}.
 */
public enum ExplainMode {

	/**
	 * Nobody's: nothing is looked at or kept.
	 */
	NEVER,

	/**
	 * Those that this process makes by itself, or for a caller on this machine.
	 */
	LOCAL,

	/**
	 * Everybody's. An explanation names instances and versions.
	 */
	ALWAYS;

	/** Asks on a request, answers on its response. */
	public static final String HEADER = "x-mesh-explain";

	public boolean isAsked(RequestView request) {
		return this != NEVER && "1".equals(request.header(HEADER))
				&& (this == ALWAYS || isLocal(request.remoteAddress()));
	}

	private static boolean isLocal(@Nullable String address) {
		return address == null || address.startsWith("127.") || address.equals("::1")
				|| address.equals("0:0:0:0:0:0:0:1");
	}

}
