package io.meshup.spring.inbound;

import java.io.IOException;

import io.meshup.spring.inbound.stream.OpenStreams;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * While a servlet application leaves: asks clients for new connections elsewhere, and
 * ends event streams.
 */
final class DrainServletFilter implements Filter {

	static final int ORDER = Watchman.ORDER + 1;

	private final OpenStreams streams;

	private final LateCalls late;

	DrainServletFilter(OpenStreams streams, LateCalls late) {
		this.streams = streams;
		this.late = late;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String source = (request instanceof HttpServletRequest http) ? http.getHeader(LateCalls.SOURCE) : null;
		this.late.begin(source);
		askToGo(request, response);
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.late.end(source);
			if (request.isAsyncStarted()) {
				watch(request, response);
			}
			else {
				askToGo(request, response);
			}
		}
	}

	private void askToGo(ServletRequest request, ServletResponse response) {
		if (this.streams.isDraining() && response instanceof HttpServletResponse http && !response.isCommitted()
				&& request.getProtocol().startsWith("HTTP/1")) {
			http.setHeader(HttpHeaders.CONNECTION, "close");
		}
	}

	private void watch(ServletRequest request, ServletResponse response) {
		try {
			AsyncContext context = request.getAsyncContext();
			OpenStreams.Stream stream = this.streams.open(() -> {
				if (isEventStream(response)) {
					context.complete();
				}
			});
			context.addListener(new EndOfStream(stream));
		}
		catch (IllegalStateException ex) {
			// It has ended in the meantime.
			return;
		}
	}

	private static boolean isEventStream(ServletResponse response) {
		String type = response.getContentType();
		return type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
	}

	/**
	 * Forgets a stream when it is over.
	 */
	private record EndOfStream(OpenStreams.Stream stream) implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			this.stream.close();
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// The answer to a timeout comes later, and its completion with it.
		}

		@Override
		public void onError(AsyncEvent event) {
			this.stream.close();
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}
