package io.meshup.registry.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for 127.0.0.1 that expired five days ago, and the authority behind it,
 * which has not. Made by the JDK's keytool.
 *
 * @param authority the authority's certificate
 * @param certificate the server's
 * @param key the server's
 */
public record ExpiredCertificate(String authority, String certificate, String key) {

	private static final String PASSWORD = "changeit";

	public static ExpiredCertificate in(Path directory)
			throws IOException, GeneralSecurityException, InterruptedException {
		Path file = directory.resolve("keys.p12");
		keytool(file, "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c", "-validity", "100");
		keytool(file, "-alias", "redis", "-signer", "ca", "-dname", "CN=redis", "-ext",
				"san=ip:127.0.0.1,dns:localhost", "-startdate", "-10d", "-validity", "5");
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(file)) {
			keys.load(stream, PASSWORD.toCharArray());
		}
		return new ExpiredCertificate(pem("CERTIFICATE", keys.getCertificate("ca").getEncoded()),
				pem("CERTIFICATE", keys.getCertificate("redis").getEncoded()),
				pem("PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded()));
	}

	private static void keytool(Path file, String... options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg",
						"EC", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
		command.addAll(List.of(options));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException("keytool failed: " + said);
		}
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + type
				+ "-----\n";
	}

}
