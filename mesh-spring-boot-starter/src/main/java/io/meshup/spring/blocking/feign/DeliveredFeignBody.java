package io.meshup.spring.blocking.feign;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;

import feign.Response;
import io.meshup.spring.blocking.call.DeliveredBody;
import io.meshup.traffic.OutboundCall;
import org.jspecify.annotations.Nullable;

/**
 * The body of an instance's response to OpenFeign, which ends its call when it ends or is
 * closed.
 */
final class DeliveredFeignBody implements Response.Body {

	private final Response.Body body;

	private final OutboundCall call;

	private final boolean captured;

	DeliveredFeignBody(Response.Body body, OutboundCall call, boolean captured) {
		this.body = body;
		this.call = call;
		this.captured = captured;
	}

	@Override
	public @Nullable Integer length() {
		return this.body.length();
	}

	@Override
	public boolean isRepeatable() {
		return this.body.isRepeatable();
	}

	@Override
	public InputStream asInputStream() throws IOException {
		return new DeliveredBody(this.body.asInputStream(), this.call, this.captured);
	}

	@Override
	public Reader asReader(Charset charset) throws IOException {
		return new InputStreamReader(asInputStream(), charset);
	}

	@Override
	public void close() throws IOException {
		try {
			this.body.close();
		}
		finally {
			this.call.onEnd(null);
		}
	}

}
