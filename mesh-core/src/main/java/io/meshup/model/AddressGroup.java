package io.meshup.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * Who stands behind an address: for IPv4 the address, for IPv6 its network of 64 bits,
 * because whoever has one address of it has all of them.
 */
public final class AddressGroup {

	private static final int NETWORK_BYTES = 8;

	private AddressGroup() {
	}

	/**
	 * The name that limits for each address count by.
	 * @param address an address as a socket tells it, maybe in brackets or with a zone
	 * @return the address, or the network of an IPv6 one
	 */
	public static String of(String address) {
		if (address.indexOf(':') < 0) {
			return address;
		}
		try {
			InetAddress parsed = InetAddress.getByName(literal(address));
			return (parsed instanceof Inet6Address)
					? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES) + "::/64"
					: String.valueOf(parsed.getHostAddress());
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

	// In brackets it is never looked up as a name.
	private static String literal(String address) {
		boolean bracketed = address.startsWith("[") && address.endsWith("]");
		String plain = bracketed ? address.substring(1, address.length() - 1) : address;
		int zone = plain.indexOf('%');
		return '[' + ((zone >= 0) ? plain.substring(0, zone) : plain) + ']';
	}

}
