package io.meshup.registry.limit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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

	static final long WINDOW_MILLIS = 50;

	private final int perWindow;

	private final Queue<Object> waiting = new ArrayDeque<>();

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
		while (this.left > 0 && !this.waiting.isEmpty()) {
			this.left--;
			context.fireChannelRead(this.waiting.remove());
		}
		if (!this.isCounting && this.left < this.perWindow) {
			this.isCounting = true;
			Future<?> unused = context.executor()
				.schedule(() -> windowEnded(context), WINDOW_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void windowEnded(ChannelHandlerContext context) {
		this.isCounting = false;
		this.left = this.perWindow;
		serve(context);
	}

}
