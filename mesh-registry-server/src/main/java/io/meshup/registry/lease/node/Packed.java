package io.meshup.registry.lease.node;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Makes news between nodes small.
 */
final class Packed {

	/** More is no news of ours. */
	private static final int MOST_BYTES = 64 * 1024 * 1024;

	private Packed() {
	}

	static byte[] pack(byte[] plain) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
			out.write(plain);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			deflater.end();
		}
		return packed.toByteArray();
	}

	static byte[] unpack(byte[] packed) {
		try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
			byte[] plain = in.readNBytes(MOST_BYTES + 1);
			if (plain.length > MOST_BYTES) {
				throw new IllegalArgumentException("news of more than " + MOST_BYTES + " bytes");
			}
			return plain;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("news that is not packed as this version does", ex);
		}
	}

}
