package io.meshup.spring.context;

import io.meshup.spring.client.CallContexts;
import io.meshup.traffic.request.CallContext;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Shows the context of the request being served to Micrometer, which carries it wherever
 * it carries the trace. Found by its service loader. Thread-safe.
 */
public final class CallContextAccessor implements ThreadLocalAccessor<CallContext> {

	@Override
	public Object key() {
		return CallContexts.KEY;
	}

	@Override
	public @Nullable CallContext getValue() {
		CallContext context = CallContexts.current();
		return (context != CallContext.NONE) ? context : null;
	}

	@Override
	public void setValue(CallContext context) {
		CallContexts.set(context);
	}

	@Override
	public void setValue() {
		CallContexts.set(CallContext.NONE);
	}

}
