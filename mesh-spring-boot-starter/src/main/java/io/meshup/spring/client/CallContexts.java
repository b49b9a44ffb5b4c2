package io.meshup.spring.client;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;

import io.meshup.traffic.request.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the context of the request being served is kept between its arrival and the calls
 * that are made for it: on the thread, or in Reactor's context under {@link #KEY}.
 * Micrometer's context propagation moves it between the two. The thread-local is static
 * because whoever loads Micrometer's accessors knows no application. Thread-safe.
 */
public final class CallContexts {

	/**
	 * The key in Reactor's context, and the name of the exchange attribute.
	 */
	public static final String KEY = "io.meshup.call-context";

	private static final ThreadLocal<CallContext> CURRENT = new ThreadLocal<>();

	private CallContexts() {
	}

	/**
	 * The context of the request that this thread serves.
	 * @return {@link CallContext#NONE} when it serves none
	 */
	public static CallContext current() {
		CallContext context = CURRENT.get();
		return (context != null) ? context : CallContext.NONE;
	}

	/**
	 * Exchanges what this thread serves.
	 * @param context the context; {@link CallContext#NONE} for no request
	 */
	public static void set(CallContext context) {
		if (context == CallContext.NONE) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(context);
		}
	}

	/**
	 * Lets a task serve what the calling thread serves now.
	 * @param task the task
	 * @return the same task when this thread serves nothing, or when queues order it by
	 * itself
	 */
	public static Runnable wrap(Runnable task) {
		CallContext context = CURRENT.get();
		return (context != null && !isOrdered(task)) ? new ServingTask<@Nullable Void>(context, () -> {
			task.run();
			return null;
		}) : task;
	}

	/**
	 * Lets a task serve what the calling thread serves now.
	 * @param <T> what it returns
	 * @param task the task
	 * @return the same task when this thread serves nothing, or when queues order it by
	 * itself
	 */
	public static <T> Callable<T> wrap(Callable<T> task) {
		CallContext context = CURRENT.get();
		return (context != null && !isOrdered(task)) ? new ServingTask<>(context, task) : task;
	}

	// A queue may compare such tasks with each other; schedulers order theirs by time,
	// before they ask for a decoration.
	private static boolean isOrdered(Object task) {
		return task instanceof Comparable && !(task instanceof Delayed);
	}

	/**
	 * A task that serves a request.
	 *
	 * @param <T> what it returns
	 * @param context of the request
	 * @param task the task
	 */
	private record ServingTask<T extends @Nullable Object>(CallContext context,
			Callable<T> task) implements Callable<T>, Runnable {

		@Override
		public T call() throws Exception {
			CallContext before = current();
			set(this.context);
			try {
				return this.task.call();
			}
			finally {
				set(before);
			}
		}

		@Override
		public void run() {
			try {
				call();
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException("A task without checked exceptions threw one", ex);
			}
		}

	}

}
