package io.meshup.spring.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The address of this machine as another sees it.
 */
public final class LocalAddress {

	private static final int DISCARD_PORT = 9;

	private LocalAddress() {
	}

	/**
	 * The local address of a socket connected to a server. Connecting a datagram socket
	 * asks the routing table and sends nothing.
	 * @param server the server's URL
	 * @return the address, empty where the server's name is not known at present or no
	 * route leads there
	 */
	static Optional<String> towards(URI server) {
		try (DatagramSocket socket = new DatagramSocket()) {
			InetAddress target = InetAddress.getByName(bare(server.getHost()));
			if (target.isLoopbackAddress()) {
				return Optional.of(target.getHostAddress());
			}
			socket.connect(new InetSocketAddress(target, (server.getPort() > 0) ? server.getPort() : DISCARD_PORT));
			InetAddress local = socket.getLocalAddress();
			return local.isAnyLocalAddress() ? Optional.empty() : Optional.of(withoutScope(local.getHostAddress()));
		}
		catch (IOException | UncheckedIOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * An address of this machine to go on with while the registry's is not known.
	 * @return the first IPv4 address that is not the loopback one, else the loopback one
	 */
	static String any() {
		try {
			return NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
				.map(InetAddress::getHostAddress)
				.findFirst()
				.orElseGet(LocalAddress::loopback);
		}
		catch (SocketException ex) {
			return loopback();
		}
	}

	public static boolean isThisMachine(String host) {
		try {
			InetAddress address = InetAddress.getByName(bare(host));
			return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
		}
		catch (UnknownHostException | SocketException ex) {
			return false;
		}
	}

	private static String loopback() {
		return InetAddress.getLoopbackAddress().getHostAddress();
	}

	private static String bare(String host) {
		return (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
	}

	private static String withoutScope(String address) {
		int scope = address.indexOf('%');
		return (scope < 0) ? address : address.substring(0, scope);
	}

}
