package io.meshup.spring.inbound;

import java.io.IOException;

import io.meshup.spring.client.CallContexts;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.step.Step;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows each request of a servlet application to the gate, and answers those that it
 * refuses; asynchronous ones end when their answer is complete.
 */
final class MeshServletFilter implements Filter {

	private static final Logger logger = LoggerFactory.getLogger(MeshServletFilter.class);

	private static final int SERVER_ERROR = 500;

	private final Watchman watchman;

	MeshServletFilter(Watchman watchman) {
		this.watchman = watchman;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!(request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer)) {
			chain.doFilter(request, response);
			return;
		}
		if (http.getDispatcherType() != DispatcherType.REQUEST) {
			serve(http, answer, chain);
			return;
		}
		Watchman.Visit visit = this.watchman.show(new ServletView(http, answer));
		Step.Reply refusal = visit.refusal();
		if (refusal != null) {
			refuse(answer, refusal, visit);
			return;
		}
		int status = SERVER_ERROR;
		http.setAttribute(CallContexts.KEY, visit.context());
		try {
			serve(http, answer, chain);
			status = answer.getStatus();
		}
		finally {
			if (!endsLater(http, answer, visit)) {
				visit.end(status);
			}
		}
	}

	// Also where a request comes back to be answered later, or for its error page.
	private static void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		CallContext before = CallContexts.current();
		CallContexts
			.set((request.getAttribute(CallContexts.KEY) instanceof CallContext context) ? context : CallContext.NONE);
		try {
			chain.doFilter(request, response);
		}
		finally {
			CallContexts.set(before);
		}
	}

	private static void refuse(HttpServletResponse response, Step.Reply refusal, Watchman.Visit visit)
			throws IOException {
		try {
			response.setStatus(refusal.status());
			refusal.headers().forEach(response::setHeader);
			response.setContentLength(refusal.body().length);
			response.getOutputStream().write(refusal.body());
		}
		finally {
			visit.end(refusal.status());
		}
	}

	private static boolean endsLater(HttpServletRequest request, HttpServletResponse response, Watchman.Visit visit) {
		if (!request.isAsyncStarted()) {
			return false;
		}
		try {
			request.getAsyncContext().addListener(new EndOfAsync(visit, response));
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/**
	 * The gate's view of a servlet request.
	 */
	private record ServletView(HttpServletRequest request, HttpServletResponse response) implements InboundView {

		@Override
		public String method() {
			return this.request.getMethod();
		}

		@Override
		public String path() {
			return this.request.getRequestURI();
		}

		@Override
		public @Nullable String header(String name) {
			return this.request.getHeader(name);
		}

		@Override
		public @Nullable String remoteAddress() {
			return this.request.getRemoteAddr();
		}

		// A container may refuse to speak of a response that is over.
		@Override
		public boolean isAnswered() {
			try {
				return this.response.isCommitted();
			}
			catch (IllegalStateException ex) {
				return true;
			}
		}

		// Calls may end on several threads; a container may refuse to speak of a response
		// that is over.
		@Override
		public void answerWith(String name, String value) {
			synchronized (this.response) {
				try {
					this.response.setHeader(name, value);
				}
				catch (IllegalStateException ex) {
					logger.trace("The answer is over: it does not tell '{}'", name, ex);
				}
			}
		}

	}

	/**
	 * Ends a visit with its asynchronous answer.
	 */
	private record EndOfAsync(Watchman.Visit visit, HttpServletResponse response) implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			this.visit.end(this.response.getStatus());
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// The answer to a timeout comes later, and its completion with it.
		}

		@Override
		public void onError(AsyncEvent event) {
			this.visit.end(SERVER_ERROR);
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}
