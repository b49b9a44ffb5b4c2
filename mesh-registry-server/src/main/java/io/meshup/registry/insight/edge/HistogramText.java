package io.meshup.registry.insight.edge;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what beats carry: a compressed HdrHistogram in Base64. The header is looked at
 * first, so that a hostile one cannot make the registry reserve memory.
 */
final class HistogramText {

	private static final Logger logger = LoggerFactory.getLogger(HistogramText.class);

	private static final int OUTER_HEADER = 8;

	private static final int INNER_HEADER = 40;

	private static final int DIGITS_AT = 12;

	private static final int MAX_DIGITS = 3;

	private HistogramText() {
	}

	/**
	 * Reads a histogram.
	 * @param text the histogram in Base64, may be empty
	 * @return the counts; none when the text holds no histogram that is accepted
	 */
	static Latencies read(String text) {
		if (text.isEmpty()) {
			return Latencies.NONE;
		}
		try {
			byte[] bytes = Base64.getDecoder().decode(text);
			int digits = digits(bytes);
			if (digits < 0 || digits > MAX_DIGITS) {
				logger.debug("A latency histogram with {} digits was left out, at most {} are read", digits,
						MAX_DIGITS);
				return Latencies.NONE;
			}
			return counts(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0));
		}
		catch (DataFormatException | RuntimeException ex) {
			logger.debug("A latency histogram cannot be read and was left out", ex);
			return Latencies.NONE;
		}
	}

	private static int digits(byte[] bytes) throws DataFormatException {
		Inflater inflater = new Inflater();
		try {
			inflater.setInput(bytes, OUTER_HEADER, bytes.length - OUTER_HEADER);
			byte[] header = new byte[INNER_HEADER];
			return (inflater.inflate(header) == INNER_HEADER) ? ByteBuffer.wrap(header).getInt(DIGITS_AT) : -1;
		}
		finally {
			inflater.end();
		}
	}

	private static Latencies counts(Histogram histogram) {
		int size = 0;
		for (HistogramIterationValue unused : histogram.recordedValues()) {
			size++;
		}
		long[] micros = new long[size];
		long[] counts = new long[size];
		int at = 0;
		for (HistogramIterationValue value : histogram.recordedValues()) {
			micros[at] = value.getValueIteratedTo();
			counts[at++] = value.getCountAtValueIteratedTo();
		}
		return Latencies.of(micros, counts);
	}

}
