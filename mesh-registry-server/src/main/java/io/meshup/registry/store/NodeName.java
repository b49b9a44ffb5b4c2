package io.meshup.registry.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * How a node is called: the machine's name, so that people know which one is meant, and a
 * random end, because another run of it is another node.
 */
public final class NodeName {

	private static final int RANDOM_BYTES = 6;

	private static final int MOST_OF_THE_HOST = 50;

	private NodeName() {
	}

	/**
	 * The name of this run.
	 * @return for example {@code mesh-a-3f9c12ab77d0}
	 */
	public static String ofThisRun() {
		return of(host());
	}

	static String of(String host) {
		String plain = host.replaceAll("[^A-Za-z0-9.-]", "");
		byte[] random = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(random);
		String start = plain.substring(0, Math.min(plain.length(), MOST_OF_THE_HOST));
		return (start.isEmpty() ? "node" : start) + "-" + HexFormat.of().formatHex(random);
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "";
		}
	}

}
