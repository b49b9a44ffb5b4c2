package io.meshup.registry.limit;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Takes no more than so many new connections in a second; further ones wait in the
 * system's queue, and those that are open go on. After a restart all participants come
 * back within 2 s: without a pace their handshakes and first snapshots would be in memory
 * all at once. One for a server's socket, on its event loop.
 */
final class AcceptPace extends ChannelInboundHandlerAdapter {

	static final long WINDOW_MILLIS = 50;

	private final int perWindow;

	private int left;

	private boolean isCounting;

	/**
	 * Sets the pace.
	 * @param perSecond connections, at least one in each window
	 */
	AcceptPace(int perSecond) {
		// A second may touch one window more than it holds.
		this.perWindow = Math.toIntExact(perSecond * WINDOW_MILLIS / 1_100);
		this.left = this.perWindow;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object connection) throws Exception {
		if (!this.isCounting) {
			count(context);
		}
		this.left--;
		if (this.left <= 0) {
			context.channel().config().setAutoRead(false);
		}
		super.channelRead(context, connection);
	}

	private void count(ChannelHandlerContext context) {
		this.isCounting = true;
		Future<?> unused = context.executor()
			.schedule(() -> windowEnded(context), WINDOW_MILLIS, TimeUnit.MILLISECONDS);
	}

	// Some are taken in one go, also beyond the pace: the next window pays for these.
	private void windowEnded(ChannelHandlerContext context) {
		this.isCounting = false;
		boolean isOver = this.left <= 0;
		this.left = Math.min(this.perWindow, this.left + this.perWindow);
		if (this.left <= 0) {
			count(context);
		}
		else if (isOver) {
			context.channel().config().setAutoRead(true);
		}
	}

}
