package io.meshup.registry.store.redis.node;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.meshup.registry.store.redis.connection.RedisFault;
import io.meshup.registry.store.redis.connection.RedisKeys;
import io.meshup.registry.store.redis.connection.RedisLine;
import io.meshup.registry.store.redis.connection.RedisServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell each other over a channel that keeps nothing: signs of life, and the
 * newest of each topic. Thread-safe; its connection is kept by the thread that sends.
 */
public final class NewsBoard extends RedisPubSubAdapter<String, byte[]> implements AutoCloseable {

	static final String ALIVE = "alive";

	static final String BYE = "bye";

	private static final Logger logger = LoggerFactory.getLogger(NewsBoard.class);

	private final RedisServer server;

	private final String channel;

	private final NodeTable nodes;

	private final String self;

	private final Map<String, byte[]> waiting = new ConcurrentHashMap<>();

	private final Map<String, List<BiConsumer<String, byte[]>>> listeners = new ConcurrentHashMap<>();

	private @Nullable StatefulRedisPubSubConnection<String, byte[]> connection;

	private long opened;

	public NewsBoard(RedisServer server, RedisKeys keys, NodeTable nodes, String self) {
		this.server = server;
		this.channel = keys.channel();
		this.nodes = nodes;
		this.self = self;
	}

	void tell(String topic, byte[] news) {
		this.waiting.put(topic, news);
	}

	void listen(String topic, BiConsumer<String, byte[]> listener) {
		this.listeners.computeIfAbsent(topic, (name) -> new CopyOnWriteArrayList<>()).add(listener);
	}

	/**
	 * Sends what waits, and that this node lives.
	 * @param line the connection to send on
	 * @param topics further topics without news
	 */
	void send(RedisLine line, String... topics) {
		open();
		for (String topic : topics) {
			publish(line, topic, new byte[0]);
		}
		for (String topic : List.copyOf(this.waiting.keySet())) {
			byte[] news = this.waiting.remove(topic);
			if (news != null) {
				publish(line, topic, news);
			}
		}
	}

	boolean isWaiting() {
		return !this.waiting.isEmpty();
	}

	boolean isWaiting(String topic) {
		return this.waiting.containsKey(topic);
	}

	private void publish(RedisLine line, String topic, byte[] news) {
		byte[] head = (this.self + " " + topic + "\n").getBytes(StandardCharsets.UTF_8);
		byte[] message = Arrays.copyOf(head, head.length + news.length);
		System.arraycopy(news, 0, message, head.length, news.length);
		line.call((commands) -> commands.publish(this.channel, message));
	}

	/**
	 * Opens the channel where it is not, or where nothing comes through it.
	 */
	private void open() {
		StatefulRedisPubSubConnection<String, byte[]> present = this.connection;
		boolean isMute = !this.nodes.hearsItself() && System.nanoTime() - this.opened > 2_000_000_000L;
		if (present != null && present.isOpen() && !isMute) {
			return;
		}
		close();
		StatefulRedisPubSubConnection<String, byte[]> fresh = this.server.listen();
		this.opened = System.nanoTime();
		this.connection = fresh;
		fresh.addListener(this);
		try {
			fresh.async().subscribe(this.channel).get(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException ex) {
			close();
			throw new RedisFault(RedisFault.Kind.AWAY, "The channel of the nodes cannot be opened", ex);
		}
	}

	@Override
	public void message(String from, byte[] message) {
		int end = indexOf(message, '\n');
		int space = indexOf(message, ' ');
		if (end == message.length || space > end) {
			return;
		}
		String node = new String(message, 0, space, StandardCharsets.UTF_8);
		String topic = new String(message, space + 1, end - space - 1, StandardCharsets.UTF_8);
		hear(node, topic, Arrays.copyOfRange(message, end + 1, message.length));
	}

	private static int indexOf(byte[] message, char wanted) {
		int index = 0;
		while (index < message.length && message[index] != wanted) {
			index++;
		}
		return index;
	}

	private void hear(String node, String topic, byte[] news) {
		if (topic.equals(BYE)) {
			this.nodes.left(node);
			return;
		}
		this.nodes.heard(node);
		if (node.equals(this.self)) {
			return;
		}
		for (BiConsumer<String, byte[]> listener : this.listeners.getOrDefault(topic, List.of())) {
			try {
				listener.accept(node, news);
			}
			catch (RuntimeException ex) {
				logger.error("A listener failed on news and the others are told: {} from {}", topic, node, ex);
			}
		}
	}

	@Override
	public void close() {
		StatefulRedisPubSubConnection<String, byte[]> present = this.connection;
		this.connection = null;
		if (present != null) {
			present.closeAsync().exceptionally((ex) -> null);
		}
	}

}
