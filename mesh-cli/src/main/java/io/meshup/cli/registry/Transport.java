package io.meshup.cli.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a registry is reached: plainly, or over TLS with an authority of one's own.
 */
public final class Transport {

	private Transport() {
	}

	/**
	 * A client that trusts the authorities of a file.
	 * @param file certificates in PEM; empty for those that Java trusts
	 * @return the client
	 */
	public static HttpClient trusting(String file) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(5));
		return file.isEmpty() ? builder.build() : builder.sslContext(context(file)).build();
	}

	private static SSLContext context(String file) {
		try (InputStream stream = Files.newInputStream(Path.of(file))) {
			Collection<? extends Certificate> authorities = CertificateFactory.getInstance("X.509")
				.generateCertificates(stream);
			if (authorities.isEmpty()) {
				throw new GeneralSecurityException("it holds no certificate");
			}
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			for (Certificate authority : authorities) {
				store.setCertificateEntry("authority-" + store.size(), authority);
			}
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException | IllegalArgumentException ex) {
			throw new CommandFailure(ExitCode.USAGE, "Cannot use '" + file + "' as --ca-file (" + ex.getMessage()
					+ "). Name a file with certificates in PEM, as the registry's authority gave it.");
		}
	}

}
