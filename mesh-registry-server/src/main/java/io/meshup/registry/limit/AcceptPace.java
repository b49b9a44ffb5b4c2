package io.meshup.registry.limit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Serves no more than so many new connections in a second; further ones wait for their
 * turn, and those that are open go on. After a restart all participants come back within
 * 2 s: without a pace their handshakes and first snapshots would be in memory all at
 * once. They are taken from the system's queue at once: where that is full the system
 * drops what completes a handshake, and the other side, which believes to be connected,
 * sends again after 0.2, 0.4, 0.8 s and so on, up to 13 s in all. One for a server's
 * socket, on its event loop.
 */
final class AcceptPace extends ChannelInboundHandlerAdapter {

	private static final long LOOK_MILLIS = 20;

	/**
	 * So much of a second's share may go at once, also after the event loop, which does
	 * nothing else, was kept from running.
	 */
	private static final double AT_ONCE = 0.1;

	private final LongSupplier nanoClock;

	private final double most;

	private final double perNano;

	private final Queue<Object> waiting = new ArrayDeque<>();

	private double left;

	private long countedNanos;

	private boolean isLooking;

	/**
	 * Sets the pace.
	 * @param perSecond connections in any second
	 * @param nanoClock monotonic nanoseconds
	 */
	AcceptPace(int perSecond, LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
		this.most = perSecond * AT_ONCE;
		this.perNano = (perSecond - this.most) / TimeUnit.SECONDS.toNanos(1);
		this.left = this.most;
		this.countedNanos = nanoClock.getAsLong();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object connection) {
		this.waiting.add(connection);
		serve(context);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		for (Object connection = this.waiting.poll(); connection != null; connection = this.waiting.poll()) {
			if (connection instanceof Channel channel) {
				channel.unsafe().closeForcibly();
			}
		}
		super.channelInactive(context);
	}

	private void serve(ChannelHandlerContext context) {
		long now = this.nanoClock.getAsLong();
		this.left = Math.min(this.most, this.left + (now - this.countedNanos) * this.perNano);
		this.countedNanos = now;
		while (this.left >= 1 && !this.waiting.isEmpty()) {
			this.left--;
			context.fireChannelRead(this.waiting.remove());
		}
		if (!this.isLooking && !this.waiting.isEmpty()) {
			this.isLooking = true;
			Future<?> unused = context.executor().schedule(() -> look(context), LOOK_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void look(ChannelHandlerContext context) {
		this.isLooking = false;
		serve(context);
	}

}
